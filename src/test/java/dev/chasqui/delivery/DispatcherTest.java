package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Priority;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.model.Tls;
import dev.chasqui.outbound.Sender.Outbound;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.Lease;
import dev.chasqui.store.StoreException;
import dev.chasqui.testkit.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {

  private final Rig rig = Rig.started();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theEndpointsCertificatesGoWithItsDeliveries() {
    Tls tls = new Tls("ca", "certificate", "key");
    EndpointId endpoint = rig.endpoint("good.test");
    rig.endpoints.computeIfPresent(endpoint, (_, it) -> Policies.withTls(it, tls));
    rig.awaitState(rig.owe(endpoint), DeliveryState.DELIVERED);

    assertThat(rig.sender.sent.getFirst().tls()).isEqualTo(tls);
  }

  @Test
  void deliversWhatIsHandedOverWithoutReadingTheJournal() {
    EndpointId endpoint = rig.endpoint("good.test");
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.DELIVERED);
    assertThat(rig.facts.loads()).isZero();
    Attempt attempt = rig.store.history(id).getFirst();
    assertThat(attempt.outcome()).isEqualTo("delivered");
    assertThat(attempt.status()).isEqualTo(200);
    assertThat(attempt.responseBody()).isEqualTo("ok");
    rig.awaitIdle();
    assertThat(rig.dispatcher.load().bodyBytes()).isZero();
  }

  @Test
  void everyDeliveryCarriesOurHeadersWhateverTheEndpointAddsOfItsOwn() {
    EndpointId endpoint =
        rig.endpoint(
            "good.test",
            Policies.of(),
            Map.of(
                "authorization", "Bearer x",
                "chasqui-attempt", "99",
                "Chasqui-Replay", "1",
                "x-hub-signature-256", "forged",
                "Content-Length", "3"));
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.DELIVERED);
    Outbound sent = rig.sender.sent.getFirst();
    assertThat(sent.headers())
        .containsEntry("Chasqui-Delivery-Id", id.toString())
        .containsEntry("Chasqui-Attempt", "1")
        .containsEntry("User-Agent", "Chasqui/test")
        .containsEntry("authorization", "Bearer x")
        .containsKey("Chasqui-Event-Id")
        .doesNotContainKeys("Chasqui-Replay", "Content-Length");
    assertThat(sent.headers().get("X-Hub-Signature-256")).startsWith("sha256=");
    assertThat(List.copyOf(sent.headers().keySet()))
        .contains("X-Hub-Signature-256")
        .doesNotContain("x-hub-signature-256", "chasqui-attempt");
  }

  @Test
  void retriesOnScheduleWithTheSameIdAndAGrowingAttemptNumber() {
    EndpointId endpoint = rig.endpoint("bad.test");
    rig.sender.on("bad.test", ScriptedSender.status(503));
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    assertThat(rig.store.dueAt(id)).isEqualTo(rig.clock.instant().plusSeconds(10));
    rig.sender.on("bad.test", ScriptedSender.status(204));
    rig.move(Duration.ofSeconds(10));
    rig.awaitState(id, DeliveryState.DELIVERED);
    assertThat(rig.sender.sent.stream().map(it -> it.headers().get("Chasqui-Attempt")))
        .containsExactly("1", "2");
    assertThat(rig.sender.sent.stream().map(it -> it.headers().get("Chasqui-Delivery-Id")))
        .containsOnly(id.toString());
    assertThat(rig.sender.sent.get(1).body()).isEqualTo(rig.sender.sent.get(0).body());
  }

  @Test
  void diesWithTheLastCauseWhenTheScheduleIsExhaustedAndIsReplayedUnderItsId() {
    EndpointId endpoint = rig.endpoint("down.test");
    rig.sender.on("down.test", ScriptedSender.status(500));
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    rig.sender.on("down.test", ScriptedSender.failure(Failure.CONNECT_FAILED));
    rig.move(Duration.ofSeconds(10));
    Conditions.until("the second try", () -> rig.store.history(id).size() == 2);
    rig.move(Duration.ofMinutes(1));
    rig.awaitState(id, DeliveryState.DEAD);
    assertThat(rig.store.deadReason(id)).isEqualTo("connect_failed");
    assertThat(rig.store.history(id)).hasSize(3);

    rig.sender.on("down.test", ScriptedSender.status(200));
    assertThat(rig.store.requeue(List.of(id), rig.clock.instant(), null)).isOne();
    rig.facts.forget(1);
    rig.move(Duration.ofSeconds(1));
    rig.awaitState(id, DeliveryState.DELIVERED);
    assertThat(rig.sender.sent.getLast().headers())
        .containsEntry("Chasqui-Replay", "1")
        .containsEntry("Chasqui-Attempt", "1")
        .containsEntry("Chasqui-Delivery-Id", id.toString());
  }

  @Test
  void honoursRetryAfterBeyondTheSchedule() {
    EndpointId endpoint = rig.endpoint("busy.test");
    rig.sender.on("busy.test", _ -> ScriptedSender.answered(429, "120"));
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    assertThat(rig.store.dueAt(id)).isEqualTo(rig.clock.instant().plusSeconds(120));
  }

  @Test
  void aStatusThatCancelsEndsTheDeliveryAtOnce() {
    EndpointId endpoint = rig.endpoint("no.test");
    rig.sender.on("no.test", ScriptedSender.status(404));
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.DEAD);
    assertThat(rig.store.deadReason(id)).isEqualTo("status 404");
    assertThat(rig.store.history(id).getFirst().outcome()).isEqualTo("cancelled");
  }

  @Test
  void aReceiverThatIsGoneIsDisabledAndKeepsItsBacklog() {
    EndpointId endpoint = rig.endpoint("gone.test");
    rig.sender.on("gone.test", ScriptedSender.status(410));
    DeliveryId first = rig.owe(endpoint);
    rig.awaitState(first, DeliveryState.DEAD);
    rig.dispatcher.endpointsChanged();
    Conditions.until(
        "it is settled first, then disabled",
        () ->
            Objects.requireNonNull(rig.endpoints.get(endpoint)).identity().switched()
                == Switch.DISABLED);
    DeliveryId second = rig.owe(endpoint);
    rig.awaitIdle();
    assertThat(rig.store.state(second)).isEqualTo(DeliveryState.PENDING);
    assertThat(rig.sender.sent).hasSize(1);
  }

  @Test
  void aStaleConnectionIsTriedAgainAtOnceAndIsNoAttempt() {
    EndpointId endpoint = rig.endpoint("stale.test");
    AtomicInteger calls = new AtomicInteger();
    rig.sender.on("stale.test", _ -> staleAtFirst(calls.getAndIncrement()));
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.DELIVERED);
    assertThat(rig.store.history(id)).hasSize(1);
    assertThat(rig.sender.sent.stream().map(it -> it.headers().get("Chasqui-Attempt")))
        .containsExactly("1", "1");
  }

  private static SendResult staleAtFirst(int call) {
    return call == 0
        ? new SendResult.Failed(Failure.STALE_CONNECTION, "closed", ScriptedSender.TOOK)
        : ScriptedSender.answered(200, null);
  }

  @Test
  void anEndpointsNewAddressAppliesToWhatIsOwed() {
    EndpointId endpoint = rig.endpoint("old.test");
    rig.sender.on("old.test", ScriptedSender.status(500));
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    rig.endpoints.computeIfPresent(
        endpoint, (_, it) -> Policies.movedTo(it, "https://new.test/hook"));
    rig.move(Duration.ofSeconds(10));
    rig.awaitState(id, DeliveryState.DELIVERED);
    assertThat(rig.sender.countTo("new.test")).isOne();
  }

  @Test
  void whatIsOwedToADeletedEndpointIsDeadWithItsPayload() {
    EndpointId endpoint = rig.endpoint("old.test");
    rig.sender.on("old.test", ScriptedSender.status(500));
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    rig.endpoints.remove(endpoint);
    rig.move(Duration.ofSeconds(10));
    rig.awaitState(id, DeliveryState.DEAD);
    assertThat(rig.store.deadReason(id)).isEqualTo("endpoint_deleted");
    assertThat(Objects.requireNonNull(rig.store.deadPayload(id)).fact().toUtf8())
        .contains("whatsapp_business_account");
    assertThat(rig.sender.sent).hasSize(1);
  }

  @Test
  void aPausedEndpointWaitsUntilItIsResumed() {
    EndpointId endpoint = rig.endpoint("paused.test");
    rig.switchTo(endpoint, Switch.PAUSED);
    rig.dispatcher.endpointsChanged();
    DeliveryId id = rig.owe(endpoint);
    rig.move(Duration.ofHours(1));
    rig.awaitIdle();
    assertThat(rig.store.state(id)).isEqualTo(DeliveryState.PENDING);
    assertThat(rig.dispatcher.health(endpoint).state()).isEqualTo(EndpointHealth.State.PAUSED);
    rig.switchTo(endpoint, Switch.ON);
    rig.dispatcher.endpointsChanged();
    rig.awaitState(id, DeliveryState.DELIVERED);
  }

  @Test
  void anAbandonedReservationFreesItsSlot() {
    EndpointId endpoint = rig.endpoint("good.test");
    assertThat(rig.dispatcher.reserve(endpoint, Priority.MESSAGES)).isNotNull();
    assertThat(rig.dispatcher.load().inMemory()).isOne();
    rig.dispatcher.abandon(List.of(endpoint));
    assertThat(rig.dispatcher.load().inMemory()).isZero();
  }

  @Test
  void outcomesWaitForAStoreThatIsBusyAndAreWrittenLater() {
    EndpointId endpoint = rig.endpoint("good.test");
    rig.store.fail(StoreException.Kind.BUSY);
    DeliveryId id = rig.owe(endpoint);
    Conditions.until("it is sent", () -> rig.sender.sent.size() == 1);
    assertThat(rig.dispatcher.load().inMemory()).isOne();
    rig.store.fail(null);
    rig.awaitState(id, DeliveryState.DELIVERED);
    assertThat(rig.sender.sent).hasSize(1);
  }

  @Test
  void anOutcomeThatComesAfterItsLeaseIsCountedAndChangesNothing() {
    EndpointId endpoint = rig.endpoint("slow.test");
    rig.sender.on("slow.test", _ -> takenOverMeanwhile());
    DeliveryId id = rig.owe(endpoint);
    Conditions.until("the lease is lost", () -> rig.lost.get() == 1);
    assertThat(rig.store.state(id)).isEqualTo(DeliveryState.LEASED);
    assertThat(rig.store.history(id)).isEmpty();
  }

  private SendResult takenOverMeanwhile() {
    Instant now = rig.clock.instant();
    rig.store.releaseNode("node", now);
    EndpointId endpoint = rig.endpoints.keySet().iterator().next();
    rig.store.claim(endpoint, new Lease("other", 1, now.plusSeconds(60)), now, 10);
    return ScriptedSender.answered(200, null);
  }

  @Test
  void whatWasSentButNotWrittenBeforeACrashIsDeliveredAgainUnderItsId() {
    EndpointId endpoint = rig.endpoint("good.test");
    rig.store.losesSettlements(true);
    DeliveryId id = rig.owe(endpoint);
    rig.awaitIdle();
    assertThat(rig.store.state(id)).isEqualTo(DeliveryState.LEASED);
    rig.dispatcher.close();
    rig.store.losesSettlements(false);
    try (Dispatcher next = rig.newDispatcher("node", Rig.DEFAULTS)) {
      next.start();
      rig.awaitState(id, DeliveryState.DELIVERED);
    }
    assertThat(rig.sender.sent.stream().map(it -> it.headers().get("Chasqui-Delivery-Id")))
        .containsExactly(id.toString(), id.toString());
  }
}
