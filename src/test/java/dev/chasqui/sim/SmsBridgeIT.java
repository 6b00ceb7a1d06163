package dev.chasqui.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.SmsBridge.Mood;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The bridge between a gateway that the test plays and a receiver that keeps what comes.
class SmsBridgeIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Bytes MESSAGE =
      Bytes.utf8("{\"to\":\"15550002222\",\"type\":\"text\",\"text\":{\"body\":\"Hello\"}}");

  private final ReceiverSite site = new ReceiverSite();
  private final SampleReceiver receiver =
      new SampleReceiver("door", new ReceiverSecret.Unsigned(), "none");
  private final SmsBridge bridge = SmsBridge.start("secret", Clock.systemUTC(), new Random(1));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    bridge.close();
    site.close();
  }

  @Test
  void aSignedMessageIsTakenAndGetsAnId() throws IOException, InterruptedException {
    HttpResponse<String> answer = send("secret", MESSAGE);
    assertThat(answer.statusCode()).isEqualTo(202);
    String id = Json.read(Bytes.utf8(answer.body())).path("messages").path(0).path("id").asString();
    assertThat(bridge.taken())
        .singleElement()
        .matches(taken -> taken.id().equals(id) && taken.to().equals("15550002222"));
  }

  @Test
  void anotherSignatureIsRefused() throws IOException, InterruptedException {
    assertThat(send("another", MESSAGE).statusCode()).isEqualTo(403);
    assertThat(bridge.badlySigned()).isEqualTo(1);
    assertThat(bridge.taken()).isEmpty();
  }

  @Test
  void whatIsNoMessageIsRefused() throws IOException, InterruptedException {
    assertThat(send("secret", Bytes.utf8("{\"status\":\"read\"}")).statusCode()).isEqualTo(400);
  }

  @Test
  void itTellsWhatBecameOfAMessage() throws IOException, InterruptedException {
    bridge.connect(site.open(receiver));
    bridge.report("sent", "delivered");
    send("secret", MESSAGE);
    assertThat(bridge.settle(LIMIT)).isTrue();
    String id = bridge.taken().getFirst().id();
    assertThat(receiver.bodies())
        .hasSize(2)
        .allMatch(body -> body.toUtf8().contains("\"id\":\"" + id + "\",\"recipient_id\":null"));
  }

  @Test
  void itRepeatsItselfWhenToldSo() throws IOException, InterruptedException {
    bridge.connect(site.open(receiver));
    bridge.report("delivered");
    bridge.feel(Mood.REPEATING);
    send("secret", MESSAGE);
    assertThat(bridge.settle(LIMIT)).isTrue();
    assertThat(receiver.bodies()).hasSize(2);
  }

  @Test
  void itPassesOnWhatPeopleAnswer() throws InterruptedException {
    bridge.connect(site.open(receiver));
    assertThat(bridge.receive("15550002222", "a \"b\"").isTaken()).isTrue();
    assertThat(Json.read(receiver.bodies().getFirst()).path("messages").path(0).path("text"))
        .hasToString("{\"body\":\"a \\\"b\\\"\"}");
  }

  @Test
  void itGoesDownAndForgetsItsWords() throws IOException, InterruptedException {
    bridge.feel(Mood.DOWN);
    assertThat(send("secret", MESSAGE).statusCode()).isEqualTo(500);
    bridge.feel(Mood.WORDLESS);
    assertThat(send("secret", MESSAGE).body()).isEqualTo("{}");
    assertThat(bridge.taken()).isEqualTo(List.of());
  }

  @Test
  void itListsWhatItTook() throws IOException, InterruptedException {
    send("secret", MESSAGE);
    HttpRequest list = HttpRequest.newBuilder(bridge.url()).build();
    assertThat(client.send(list, BodyHandlers.ofString()).body())
        .isEqualTo(
            "[{\"id\":\"%s\",\"message\":%s}]"
                .formatted(bridge.taken().getFirst().id(), MESSAGE.toUtf8()));
  }

  private HttpResponse<String> send(String secret, Bytes body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(bridge.url())
            .header(ReceiverSecret.Turn.HEADER, new ReceiverSecret.Turn(secret).sign(body))
            .POST(BodyPublishers.ofByteArray(body.toArray()))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
