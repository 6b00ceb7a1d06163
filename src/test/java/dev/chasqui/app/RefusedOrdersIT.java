package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator orders and cannot have is refused before anything begins.
class RefusedOrdersIT {

  private static final Map<String, String> SMALL_JOURNAL =
      Map.of("journal.segment", "128KiB", "journal.cap", "512KiB");

  /// Nobody listens there.
  private static final String NOWHERE = "http://127.0.0.1:9/";

  @TempDir private Path folder;

  private Gateway gateway;
  private Caller caller;

  @BeforeEach
  void start() {
    gateway = LocalGateway.start(folder);
    caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
  }

  @AfterEach
  void stop() {
    caller.close();
    gateway.close();
  }

  @Test
  void aReplayOfAnEventThatWasRejected() throws Exception {
    refuses(unsigned(Caller.message("wamid.1", 3)), "was rejected and is not delivered");
  }

  @Test
  void aReplayOfAnEventThatRepeatsOnlyEarlierOnes() throws Exception {
    String first = event(Caller.message("wamid.1", 3));
    String again = event(Caller.message("wamid.1", 4));
    assertThat(again).isNotEqualTo(first);
    refuses(again, "came with earlier events; replay those");
    String order = "{\"eventIds\":[\"%s\"]}".formatted(first);
    assertThat(caller.admin("POST", "/api/v1/replays", order).statusCode()).isEqualTo(202);
  }

  @Test
  void aReplayOfAnEventWhoseBytesAreDeleted() throws Exception {
    stop();
    gateway = LocalGateway.start(folder.resolve("small"), SMALL_JOURNAL);
    caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
    String event = event(Caller.message("wamid.OLD", 3));
    AtomicInteger count = new AtomicInteger();
    Conditions.until(
        "its segment is deleted",
        () -> {
          send(Caller.message("wamid.NEW" + count.incrementAndGet(), 8_000));
          return status("/api/v1/events/" + event + "/raw") == 410;
        });
    refuses(event, "are deleted by retention");
  }

  @Test
  void aReplayOfADeliveryThatIsNotThere() throws Exception {
    String id = "dlv_01kjmma2g099eybczm82z1mhwj";
    refusesDelivery(id, "", "there is no delivery " + id);
  }

  @Test
  void aReplayOfADeliveryOfAnotherWorkspace() throws Exception {
    caller.callback(NOWHERE);
    String event = event(Caller.message("wamid.1", 3));
    String secret = "/api/v1/secrets/meta-verify-token?workspace=other";
    caller.admin("PUT", secret, "{\"value\":\"let-me-in\"}");
    String id = delivery(event);
    refusesDelivery(id, "?workspace=other", "there is no delivery " + id);
    String order = "{\"deliveryIds\":[\"%s\"]}".formatted(id);
    assertThat(caller.admin("POST", "/api/v1/replays", order).statusCode()).isEqualTo(202);
  }

  @Test
  void aReplayOfADeliveryWhoseEndpointIsDeleted() throws Exception {
    caller.callback(NOWHERE);
    String id = delivery(event(Caller.message("wamid.1", 3)));
    String endpoint = first("/api/v1/endpoints");
    assertThat(caller.admin("DELETE", "/api/v1/endpoints/" + endpoint, "").statusCode())
        .isEqualTo(204);
    refusesDelivery(id, "", "the endpoint of delivery %s is deleted".formatted(id));
  }

  private String delivery(String event) throws Exception {
    assertThat(caller.get("/api/v1/events/" + event)).contains(event);
    return first("/api/v1/deliveries?eventId=" + event);
  }

  private String first(String path) throws Exception {
    return Json.read(Bytes.utf8(caller.get(path))).path("data").path(0).path("id").asString();
  }

  private void refusesDelivery(String id, String query, String reason) throws Exception {
    String order = "{\"deliveryIds\":[\"%s\"]}".formatted(id);
    HttpResponse<String> answer = caller.admin("POST", "/api/v1/replays" + query, order);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(reason);
  }

  /// What is refused for want of room does not matter: there is more.
  private void send(Bytes body) {
    try {
      caller.webhook(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private int status(String path) {
    try {
      return caller.admin("GET", path, "").statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Test
  void aReplayOfAnEventThatIsNotThere() throws Exception {
    String id = "evt_01kjmma2g099eybczm82z1mhwj";
    HttpResponse<String> answer = order(id);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("there is no event " + id);
    assertThat(caller.admin("POST", "/internal/webhooks/" + id + "/replay", "").statusCode())
        .isEqualTo(404);
  }

  private void refuses(String event, String reason) throws Exception {
    // Read once, so that it is projected.
    assertThat(caller.get("/api/v1/events/" + event)).contains(event);
    HttpResponse<String> answer = order(event);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(event).contains(reason);
    HttpResponse<String> internal =
        caller.admin("POST", "/internal/webhooks/" + event + "/replay", "");
    assertThat(internal.statusCode()).isEqualTo(409);
    assertThat(internal.body()).contains("\"error\":\"not_replayable\"").contains(reason);
    assertThat(caller.get("/internal/webhooks/" + event)).contains("\"replays\":[]");
  }

  private HttpResponse<String> order(String event) throws Exception {
    return caller.admin("POST", "/api/v1/replays", "{\"eventIds\":[\"%s\"]}".formatted(event));
  }

  @Test
  void anythingOfAWorkspaceThatIsNotThere() throws Exception {
    for (String path : new String[] {"endpoints", "events", "wabas", "secrets", "deliveries"}) {
      assertThat(caller.admin("GET", "/api/v1/" + path + "?workspace=nowhere", "").statusCode())
          .as(path)
          .isEqualTo(404);
    }
    String tokens = "/api/v1/tokens?workspace=nowhere";
    assertThat(caller.admin("POST", tokens, "{\"kind\":\"viewer\"}").statusCode()).isEqualTo(404);
    assertThat(caller.admin("GET", tokens, "").statusCode()).isEqualTo(404);
    assertThat(Json.read(Bytes.utf8(caller.get("/api/v1/tokens"))).path("data")).hasSize(1);
  }

  private String event(Bytes body) throws Exception {
    return Caller.eventId(caller.webhook(body).body());
  }

  private String unsigned(Bytes body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.publicUrl() + "/webhooks/whatsapp"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return Caller.eventId(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }
}
