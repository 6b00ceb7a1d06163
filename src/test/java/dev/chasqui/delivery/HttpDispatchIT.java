package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.chasqui.http.EventLoops;
import dev.chasqui.http.client.ClientSettings;
import dev.chasqui.http.client.HttpSender;
import dev.chasqui.model.Cidr;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.testkit.Conditions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The dispatcher over the real HTTP client and real receivers.
class HttpDispatchIT {

  private final CountDownLatch latch = new CountDownLatch(1);
  private final EventLoops loops = EventLoops.start(1);
  private final HttpSender sender =
      HttpSender.start(loops, ClientSettings.DEFAULT.allowing(List.of(Cidr.parse("127.0.0.1/32"))));
  private final Rig rig = new Rig(sender).start();
  private final HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(200));

  @AfterEach
  void close() {
    latch.countDown();
    rig.close();
    receiver.close();
    sender.close();
    loops.close();
  }

  private EndpointId endpoint(HttpReceiver at, Duration... schedule) {
    return rig.endpoint(at.url(), Policies.of(schedule), Map.of());
  }

  @Test
  void p4AReceiverThatHangsDoesNotHoldUpAnother() {
    try (HttpReceiver hung = new HttpReceiver(_ -> latch.await())) {
      EndpointId bad = endpoint(hung, Duration.ofHours(1));
      EndpointId good = endpoint(receiver);
      List<DeliveryId> owedToGood = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        rig.owe(bad);
        owedToGood.add(rig.owe(good));
      }
      owedToGood.forEach(id -> rig.awaitState(id, DeliveryState.DELIVERED));
      assertThat(hung.seen).isNotEmpty();
      assertThat(receiver.seen).hasSize(100);
      latch.countDown();
    }
  }

  @Test
  void theReceiverSeesTheBytesAndTheHeaders() {
    DeliveryId id = rig.owe(endpoint(receiver));
    rig.awaitState(id, DeliveryState.DELIVERED);
    HttpReceiver.Seen seen = receiver.seen.getFirst();
    assertThat(seen.path()).isEqualTo("/hook");
    assertThat(seen.header("Chasqui-delivery-id")).isEqualTo(id.toString());
    assertThat(seen.header("Chasqui-attempt")).isEqualTo("1");
    assertThat(seen.header("User-agent")).isEqualTo("Chasqui/test");
    assertThat(seen.body()).isEqualTo(rig.facts.at(1).body());
  }

  @Test
  void aRedirectIsAFailureAndIsNotFollowed() {
    receiver.behave(HttpReceiver.status(302, "Location", receiver.url() + "/elsewhere"));
    DeliveryId id = rig.owe(endpoint(receiver));
    rig.awaitState(id, DeliveryState.DEAD);
    assertThat(rig.store.deadReason(id)).isEqualTo("status 302");
    assertThat(receiver.seen).hasSize(1);
  }

  @Test
  void retryAfterIsHonoured() {
    receiver.behave(HttpReceiver.status(503, "Retry-After", "3600"));
    DeliveryId id = rig.owe(endpoint(receiver, Duration.ofSeconds(5)));
    rig.awaitState(id, DeliveryState.RETRYING);
    assertThat(rig.store.dueAt(id)).isEqualTo(rig.clock.instant().plusSeconds(3600));
  }

  @Test
  void aReceiverThatIsGoneIsDisabled() {
    receiver.behave(HttpReceiver.status(410));
    EndpointId endpoint = endpoint(receiver);
    rig.awaitState(rig.owe(endpoint), DeliveryState.DEAD);
    Conditions.until(
        "it is settled first, then disabled",
        () ->
            Objects.requireNonNull(rig.endpoints.get(endpoint)).identity().switched()
                == Switch.DISABLED);
  }

  @Test
  void p5AReceiverThatIsDownForTheWholeScheduleLeavesADeadLetterThatIsReplayedUnderItsId() {
    EndpointId endpoint =
        rig.endpoint(
            URI.create("http://127.0.0.1:1/hook"),
            Policies.of(Duration.ofSeconds(10), Duration.ofHours(5)),
            Map.of());
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    rig.move(Duration.ofSeconds(10));
    Conditions.until("the second try", () -> rig.store.history(id).size() == 2);
    rig.move(Duration.ofHours(5));
    rig.awaitState(id, DeliveryState.DEAD);
    assertThat(rig.store.deadReason(id)).isEqualTo("connect_failed");
    assertThat(Objects.requireNonNull(rig.store.deadPayload(id)).fact().length()).isPositive();

    rig.endpoints.computeIfPresent(
        endpoint, (_, it) -> Policies.movedTo(it, receiver.url().toString()));
    rig.facts.forget(1);
    rig.store.requeue(List.of(id), rig.clock.instant(), null);
    rig.move(Duration.ofSeconds(1));
    rig.awaitState(id, DeliveryState.DELIVERED);
    assertThat(receiver.seen.getFirst().header("Chasqui-delivery-id")).isEqualTo(id.toString());
    assertThat(receiver.seen.getFirst().header("Chasqui-replay")).isEqualTo("1");
  }

  @Test
  void aReceiverThatHangsUpWithoutAnAnswerIsRetried() {
    receiver.behave(HttpExchange::close);
    DeliveryId id = rig.owe(endpoint(receiver, Duration.ofSeconds(5)));
    rig.awaitState(id, DeliveryState.RETRYING);
    assertThat(rig.store.history(id).getFirst().status()).isNull();
    receiver.behave(HttpReceiver.status(200));
    rig.move(Duration.ofSeconds(6));
    rig.awaitState(id, DeliveryState.DELIVERED);
  }
}
