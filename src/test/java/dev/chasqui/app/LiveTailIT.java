package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From a webhook to the line on the screen of whoever watches, through a whole gateway.
@Timeout(120)
class LiveTailIT {

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void anEventAndItsDeliveryAreToldAndAReaderThatComesBackMissesNothing() throws Exception {
    try (Town receiver = new Town();
        Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      caller.callback(receiver.url());
      String mark;
      String first;
      try (BufferedReader tail = tail(gateway, null)) {
        first = Caller.eventId(caller.webhook(Caller.message("wamid.FIRST", 10)).body());
        mark = until(tail, "id: ");
        assertThat(mark).endsWith(first);
        assertThat(until(tail, "data: ")).contains(first, "\"topic\":\"messages\"");
        assertThat(until(tail, "event: ")).isEqualTo("event: delivery");
        assertThat(until(tail, "data: ")).contains(first, "\"state\":\"delivered\"");
      }
      String missed = Caller.eventId(caller.webhook(Caller.message("wamid.MISSED", 10)).body());
      receiver.await("the missed one too", got -> got.size() == 2);
      String twice = Caller.eventId(caller.get("/api/v1/events/" + missed));
      assertThat(twice).isEqualTo(missed);
      try (BufferedReader tail = tail(gateway, mark.substring("id: ".length()))) {
        assertThat(until(tail, "id: ")).endsWith(missed);
        String last = Caller.eventId(caller.webhook(Caller.message("wamid.LAST", 10)).body());
        assertThat(until(tail, "id: ")).endsWith(last);
      }
    }
  }

  private static String until(BufferedReader tail, String beginning) throws IOException {
    String line = tail.readLine();
    while (line != null && !line.startsWith(beginning)) {
      line = tail.readLine();
    }
    if (line == null) {
      throw new IOException("the tail has ended");
    }
    return line;
  }

  private BufferedReader tail(Gateway gateway, @Nullable String mark) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.adminUrl() + "/api/v1/tail"))
            .header("Authorization", "Bearer " + Caller.ADMIN_TOKEN);
    if (mark != null) {
      request.header("Last-Event-ID", mark);
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }
}
