package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.settings.Settings;
import dev.chasqui.settings.SettingsException;
import dev.chasqui.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Secrets of the environment are held to the rules of the API.
class EnvironmentIT {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sek\n", " sek", "sek\t", "\"sek\"", "'sek'", " "})
  void aSecretThatTheApiWouldRefuseStopsTheStartAndNamesTheVariable(String value) {
    assertThatThrownBy(() -> start(Map.of("WEBHOOK_SIGNING_SECRET", value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("environment WEBHOOK_SIGNING_SECRET: the value must not")
        .hasMessageNotContaining("sek");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"Bearer EAAG,without Bearer", "EAA\u2026,visible ASCII"})
  void anAccessTokenThatCannotStandInAHeaderIsRefused(String value, String reason) {
    assertThatThrownBy(() -> start(Map.of("META_ACCESS_TOKEN", value)))
        .hasMessageContaining("environment META_ACCESS_TOKEN: the value must")
        .hasMessageContaining(reason);
  }

  @Test
  void allSettingsArePrintedAndSecretsAsSetOrNot() {
    try (LogLines lines = new LogLines();
        Gateway _ = start(Map.of("WEBHOOK_SIGNING_SECRET", "one-of-the-secrets"))) {
      assertThat(lines.all())
          .contains("journal.age = 30d (default)")
          .contains("WEBHOOK_SIGNING_SECRET = set (environment)")
          .contains("META_VERIFY_TOKEN = not set (environment)")
          .doesNotContain("one-of-the-secrets");
    }
  }

  @Test
  void aStartWithoutSecretsSaysSo() throws Exception {
    try (LogLines lines = new LogLines();
        Gateway gateway = start(Map.of("CHASQUI_ADMIN_TOKEN", Caller.ADMIN_TOKEN));
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      String logged = lines.all();
      for (String name : List.of("webhook-signing-secret", "meta-verify-token")) {
        String note = "no " + name + " is set in workspace default";
        assertThat(logged).contains(note);
        assertThat(caller.open("/ready").body()).contains(note);
      }
      assertThat(caller.webhook(Caller.message("wamid.1", 3)).body())
          .contains("\"reason\":\"no_secret\"");
    }
  }

  private Gateway start(Map<String, String> environment) {
    Settings settings =
        new SettingsLoader(environment)
            .flags(
                Map.of(
                    "data", folder.toString(),
                    "public.address", "127.0.0.1:0",
                    "admin.address", "127.0.0.1:0"))
            .load();
    return Gateway.start(settings, environment);
  }
}
