package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which workspaces a gateway knows.
class WorkspacesIT {

  private static final String STATS = "/api/v1/stats?workspace=";
  private static final String ENDPOINT =
      """
      {"name":"crm","dialect":"standard","url":"http://127.0.0.1:9/","skipHandshake":true}\
      """;

  @TempDir private Path folder;

  @Test
  void aWorkspaceComesIntoBeingWithTheFirstThingPutIntoIt() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      assertThat(status(caller, "GET", STATS + "default", "")).isEqualTo(200);
      for (String unknown : new String[] {"fresh", "No%20Name", "%2e%2e"}) {
        assertThat(status(caller, "GET", STATS + unknown, "")).isEqualTo(404);
        String endpoints = "/api/v1/endpoints?workspace=" + unknown;
        assertThat(status(caller, "POST", endpoints, ENDPOINT)).isEqualTo(404);
      }
      String secret = "/api/v1/secrets/meta-verify-token?workspace=fresh";
      assertThat(status(caller, "PUT", secret, "{\"value\":\"let-me-in\"}")).isEqualTo(204);
      knowsFresh(caller);
    }
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      knowsFresh(caller);
    }
  }

  private static void knowsFresh(Caller caller) throws IOException, InterruptedException {
    assertThat(status(caller, "GET", STATS + "fresh", "")).isEqualTo(200);
    assertThat(status(caller, "GET", STATS + "stale", "")).isEqualTo(404);
  }

  private static int status(Caller caller, String method, String path, String body)
      throws IOException, InterruptedException {
    return caller.admin(method, path, body).statusCode();
  }
}
