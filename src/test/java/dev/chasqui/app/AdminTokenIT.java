package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The admin token of the settings, and what becomes of tokens that are taken back.
class AdminTokenIT {

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void anotherTokenInTheSettingsEndsTheFormerOne() throws Exception {
    try (Gateway gateway = start("first-token-1")) {
      assertThat(status(gateway, "first-token-1")).isEqualTo(200);
    }
    try (Gateway gateway = start("second-token-2")) {
      assertThat(status(gateway, "second-token-2")).isEqualTo(200);
      assertThat(status(gateway, "first-token-1")).isEqualTo(401);
    }
    try (Gateway gateway = start("second-token-2")) {
      assertThat(status(gateway, "second-token-2")).isEqualTo(200);
      assertThat(send(gateway, "second-token-2", "GET", "/api/v1/tokens", "").body())
          .containsOnlyOnce("\"id\"")
          .contains("\"origin\":\"environment\"");
    }
  }

  @Test
  void aTailEndsWithItsToken() throws Exception {
    try (Gateway gateway = start("the-operators")) {
      String body = "{\"kind\":\"viewer\"}";
      String made = send(gateway, "the-operators", "POST", "/api/v1/tokens", body).body();
      String token = Json.read(Bytes.utf8(made)).path("token").asString();
      String id = Json.read(Bytes.utf8(made)).path("id").asString();
      HttpResponse<InputStream> tail =
          client.send(
              request(gateway, token, "GET", "/api/v1/tail", ""),
              HttpResponse.BodyHandlers.ofInputStream());
      try (BufferedReader lines =
              new BufferedReader(new InputStreamReader(tail.body(), StandardCharsets.UTF_8));
          Caller meta = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
        assertThat(lines.readLine()).isEqualTo("retry: 3000");
        String path = "/api/v1/tokens/" + id;
        assertThat(send(gateway, "the-operators", "DELETE", path, "").statusCode()).isEqualTo(204);
        meta.webhook(Caller.message("wamid.TAIL", 3));
        assertThat(lines.lines().noneMatch(it -> it.startsWith("data"))).isTrue();
      }
    }
  }

  /// Where nothing can fail any more: a start that fails must not have told it.
  @Test
  void theFirstTokenIsTheLastThingThatAStartTells() throws Exception {
    String words = "chasqui: the admin token, shown only now: ";
    try (ChildProcess gateway = ServedGateway.start(folder, Map.of("CHASQUI_ADMIN_TOKEN", ""))) {
      String last = Files.readAllLines(folder.resolve("log")).getLast();
      assertThat(last).startsWith(words + "chq_");
      HttpRequest request =
          HttpRequest.newBuilder(gateway.ready().adminUrl().resolve("/api/v1/stats"))
              .header("Authorization", "Bearer " + last.substring(words.length()))
              .build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }

  private Gateway start(String token) {
    return LocalGateway.start(folder, Map.of("admin.token", token));
  }

  private int status(Gateway gateway, String token) throws IOException, InterruptedException {
    return send(gateway, token, "GET", "/api/v1/stats", "").statusCode();
  }

  private HttpResponse<String> send(
      Gateway gateway, String token, String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        request(gateway, token, method, path, body), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(
      Gateway gateway, String token, String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create(gateway.adminUrl() + path))
        .header("Authorization", "Bearer " + token)
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
