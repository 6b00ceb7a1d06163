package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Priority;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.testkit.Conditions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The dispatcher over a real SQLite file.
class SqliteDispatchIT {

  @TempDir Path folder;
  private SqliteRig rig;
  private Dispatcher dispatcher;

  @BeforeEach
  void open() {
    rig = new SqliteRig(folder);
    dispatcher = rig.dispatcher();
    dispatcher.start();
  }

  @AfterEach
  void close() {
    dispatcher.close();
    rig.close();
  }

  private void awaitState(DeliveryId id, DeliveryState state) {
    Conditions.until(id + " is " + state, () -> rig.view(id).state() == state);
  }

  @Test
  void deliversAndWritesTheAttempt() {
    EndpointId endpoint = rig.endpoint("good.test");
    List<DeliveryId> ids = rig.owe(dispatcher, endpoint, 500);
    ids.forEach(id -> awaitState(id, DeliveryState.DELIVERED));
    Attempt attempt = rig.view(ids.getFirst()).attempts().getFirst();
    assertThat(attempt.outcome()).isEqualTo("delivered");
    assertThat(attempt.millis()).isEqualTo(ScriptedSender.TOOK.toMillis());
    Conditions.until("nothing is held", () -> dispatcher.load().inMemory() == 0);
  }

  @Test
  void downForTheWholeScheduleDiesWithItsPayloadAndIsReplayedUnderItsId() {
    rig.sender.on("down.test", ScriptedSender.status(503));
    EndpointId endpoint = rig.endpoint("down.test", Duration.ofSeconds(10), Duration.ofHours(10));
    DeliveryId id = rig.owe(dispatcher, endpoint, 1).getFirst();
    awaitState(id, DeliveryState.RETRYING);
    rig.move(dispatcher, Duration.ofSeconds(10));
    Conditions.until("the second try", () -> rig.view(id).attempts().size() == 2);
    rig.move(dispatcher, Duration.ofHours(10));
    awaitState(id, DeliveryState.DEAD);
    DeliveryView dead = rig.view(id);
    assertThat(dead.ending().deadReason()).isEqualTo("status 503");
    assertThat(dead.attempts()).hasSize(3);

    rig.facts.forget(dead.source().position());
    rig.sender.on("down.test", ScriptedSender.status(200));
    assertThat(rig.store.deliveries().requeue(List.of(id), rig.clock.instant(), null)).isOne();
    rig.move(dispatcher, Duration.ofSeconds(2));
    awaitState(id, DeliveryState.DELIVERED);
    assertThat(rig.sender.sent.getLast().headers())
        .containsEntry("Chasqui-Delivery-Id", id.toString())
        .containsEntry("Chasqui-Replay", "1")
        .containsEntry("Chasqui-Attempt", "1");
    assertThat(rig.sender.sent.getLast().body()).isEqualTo(rig.sender.sent.getFirst().body());
  }

  @Test
  void whatAnEarlierLifeHeldIsReleasedAtTheStart() {
    EndpointId endpoint = rig.endpoint("good.test");
    Dispatcher crashed = rig.dispatcher();
    DeliveryId id =
        rig.committed(
            Objects.requireNonNull(crashed.reserve(endpoint, Priority.MESSAGES)), endpoint);
    assertThat(rig.view(id).state()).isEqualTo(DeliveryState.LEASED);
    try (Dispatcher next = rig.dispatcher()) {
      next.start();
      awaitState(id, DeliveryState.DELIVERED);
    }
  }

  @Test
  void aBacklogOfAnEarlierLifeIsWorkedOff() {
    EndpointId endpoint = rig.endpoint("good.test");
    dispatcher.close();
    List<DeliveryId> ids = rig.oweSilently(endpoint, 1_500);
    try (Dispatcher next = rig.dispatcher()) {
      next.start();
      ids.forEach(id -> awaitState(id, DeliveryState.DELIVERED));
    }
    assertThat(rig.sender.sent).hasSize(1_500);
  }
}
