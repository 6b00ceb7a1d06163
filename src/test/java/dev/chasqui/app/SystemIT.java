package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Version;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a gateway tells of itself.
class SystemIT {

  @TempDir private Path folder;

  @Test
  void aGatewayTellsHowItIsAndWhatItsSettingsAre() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      String text = caller.admin("GET", "/api/v1/system", "").body();
      assertThat(text).doesNotContain(Caller.ADMIN_TOKEN).doesNotContain(Caller.SECRET);
      JsonNode system = Json.read(Bytes.utf8(text));
      assertThat(system.path("version").asString()).isEqualTo(Version.VALUE);
      assertThat(system.path("store").asString()).isEqualTo("sqlite");
      assertThat(system.path("journal").path("condition").asString()).isEqualTo("writable");
      assertThat(system.path("journal").path("bytesCap").longValue()).isPositive();
      assertThat(setting(system, "data").path("value").asString()).isEqualTo(folder.toString());
      assertThat(setting(system, "data").path("origin").asString()).isNotEqualTo("default");
      assertThat(setting(system, "admin.token").path("value").asString()).isIn("set", "not set");
      assertThat(setting(system, "journal.cap").path("origin").asString()).isNotEmpty();
    }
  }

  @Test
  void onlyTokensOfTheDefaultWorkspaceSeeIt() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      String secret = "/api/v1/secrets/meta-verify-token?workspace=other";
      assertThat(caller.admin("PUT", secret, "{\"value\":\"let-me-in\"}").statusCode())
          .isEqualTo(204);
      String made =
          caller.admin("POST", "/api/v1/tokens?workspace=other", "{\"kind\":\"admin\"}").body();
      String token = Json.read(Bytes.utf8(made)).path("token").asString();
      assertThat(status(gateway, token, "/api/v1/endpoints")).isEqualTo(200);
      assertThat(status(gateway, token, "/api/v1/system")).isEqualTo(403);
    }
  }

  private static int status(Gateway gateway, String token, String path) {
    return new dev.chasqui.api.Exchange(gateway.adminUrl().toString()).as(token).get(path).status();
  }

  private static JsonNode setting(JsonNode system, String name) {
    return system
        .path("settings")
        .valueStream()
        .filter(it -> it.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
