package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.EventLoops;
import dev.chasqui.observe.Metrics;
import dev.chasqui.settings.Settings;
import dev.chasqui.settings.SettingsLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// From the moment its ports are its own until it is ready, a gateway tells callers to come back.
class StartingIT {

  @Test
  void untilItIsReadyEverythingButHealthIsToldToComeBack() throws Exception {
    Settings settings =
        new SettingsLoader(Map.of())
            .flags(Map.of("public.address", "127.0.0.1:0", "admin.address", "127.0.0.1:0"))
            .load();
    try (EventLoops loops = EventLoops.start();
        HttpClient client = HttpClient.newHttpClient()) {
      Listeners listeners =
          Listeners.bind(settings, loops, Clock.systemUTC(), new HttpCounts(new Metrics()));
      for (String url :
          new String[] {
            listeners.publicUrl() + "/ready",
            listeners.publicUrl() + "/webhooks/whatsapp",
            listeners.adminUrl() + "/api/v1/endpoints",
            listeners.adminUrl() + "/metrics"
          }) {
        HttpResponse<String> answer = get(client, url);
        assertThat(answer.statusCode()).as(url).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).as(url).hasValue("1");
      }
      assertThat(get(client, listeners.publicUrl() + "/ready").body()).contains("\"starting\"");
      assertThat(get(client, listeners.publicUrl() + "/health").statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> get(HttpClient client, String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
