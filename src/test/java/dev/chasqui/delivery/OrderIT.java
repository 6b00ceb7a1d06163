package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.SendResult;
import dev.chasqui.outbound.Sender;
import dev.chasqui.testkit.Conditions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Order by contact, over a real store: first in, first out, one in flight, whatever fails.
class OrderIT {

  private static final String HOST = "ordered.test";
  private static final Duration[] PATIENT = {
    Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)
  };

  @TempDir private Path folder;

  /// What a receiver saw, and whether the rules held.
  private static final class Watch {
    private final Map<String, Long> queueOf = new ConcurrentHashMap<>();
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
    private final Map<Long, List<String>> taken = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final Random random;

    Watch(long seed) {
      this.random = new Random(seed);
    }

    /// Fails one time in four; answers otherwise.
    SendResult answer(Sender.Outbound request) {
      String id = Objects.requireNonNull(request.headers().get("Chasqui-Delivery-Id"));
      Long queue = queue(id);
      boolean isAlone = underWay.add(queue);
      Thread.onSpinWait();
      boolean isGood = note(id, queue, isAlone);
      underWay.remove(queue);
      return new SendResult.Answered(isGood ? 200 : 500, null, Bytes.EMPTY, Duration.ofMillis(3));
    }

    /// Waits until whoever owes it has said in which queue it stands.
    private synchronized Long queue(String id) {
      return Objects.requireNonNull(queueOf.get(id));
    }

    private synchronized boolean note(String id, Long queue, boolean isAlone) {
      if (!isAlone) {
        broken.add("two under way in line " + queue);
      }
      boolean isGood = random.nextInt(4) > 0;
      if (isGood) {
        taken.computeIfAbsent(queue, _ -> new ArrayList<>()).add(id);
      }
      return isGood;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void eachContactGetsItsOwnInOrderOverFailuresAndRestarts(long seed) throws Exception {
    Random random = new Random(seed);
    Watch watch = new Watch(seed);
    Map<Long, List<String>> owed = new HashMap<>();
    try (SqliteRig rig = new SqliteRig(folder)) {
      rig.sender.on(HOST, watch::answer);
      EndpointId endpoint = rig.endpoint(HOST, PATIENT);
      for (int life = 0; life < 3; life++) {
        try (Dispatcher dispatcher = rig.dispatcher()) {
          dispatcher.start();
          for (int i = 0; i < 40; i++) {
            long queue = random.nextInt(5);
            rig.clock.move(Duration.ofMillis(random.nextInt(400)));
            owe(rig, endpoint, watch, owed, queue);
            dispatcher.waiting(Set.of(endpoint));
          }
          boolean isLast = life == 2;
          if (isLast) {
            finish(rig, dispatcher);
          } else {
            dispatcher.drain(Duration.ofSeconds(20));
          }
        }
      }
      assertThat(watch.broken).isEmpty();
      owed.forEach((queue, ids) -> assertThat(inOrder(watch, queue)).isEqualTo(alive(rig, ids)));
    }
  }

  @Test
  void aHeadThatBlocksItsQueueForTooLongIsDeadAndTheRestGoesOn() {
    try (SqliteRig rig = new SqliteRig(folder)) {
      EndpointId endpoint =
          rig.endpoint(HOST, Duration.ofMinutes(1), Duration.ofMinutes(20), Duration.ofHours(1));
      DeliveryId poison = rig.oweInQueue(endpoint, 1);
      DeliveryId next = rig.oweInQueue(endpoint, 1);
      rig.sender.on(
          HOST,
          request -> {
            boolean isPoison =
                poison.toString().equals(request.headers().get("Chasqui-Delivery-Id"));
            int status = isPoison ? 500 : 200;
            return new SendResult.Answered(status, null, Bytes.EMPTY, Duration.ofMillis(3));
          });
      try (Dispatcher dispatcher = rig.dispatcher()) {
        dispatcher.start();
        Conditions.until("a first attempt", () -> rig.view(poison).attempts().size() == 1);
        rig.move(dispatcher, Duration.ofMinutes(1));
        Conditions.until("a second attempt", () -> rig.view(poison).attempts().size() == 2);
        assertThat(rig.view(poison).ending().nextAttemptAt())
            .isEqualTo(rig.view(poison).attempts().getFirst().at().plus(Duration.ofMinutes(10)));
        assertThat(rig.view(next).attempts()).isEmpty();
        rig.move(dispatcher, Duration.ofMinutes(10));
        Conditions.until(
            "the rest goes on", () -> rig.view(next).state() == DeliveryState.DELIVERED);
        assertThat(rig.view(poison).state()).isEqualTo(DeliveryState.DEAD);
        assertThat(rig.view(poison).ending().deadReason()).isEqualTo("head of line: status 500");
        assertThat(dispatcher.health(endpoint).state()).isEqualTo(EndpointHealth.State.HEALTHY);
      }
    }
  }

  private static void owe(
      SqliteRig rig, EndpointId endpoint, Watch watch, Map<Long, List<String>> owed, long queue) {
    synchronized (watch) {
      String id = rig.oweInQueue(endpoint, queue).toString();
      watch.queueOf.put(id, queue);
      owed.computeIfAbsent(queue, _ -> new ArrayList<>()).add(id);
    }
  }

  /// Moves the clock until nothing is open any more.
  private static void finish(SqliteRig rig, Dispatcher dispatcher) {
    Conditions.until(
        "all have ended",
        () -> {
          rig.move(dispatcher, Duration.ofSeconds(1));
          return rig.store.deliveries().oldestOwedPosition().isEmpty();
        });
  }

  private static List<String> inOrder(Watch watch, long queue) {
    return watch.taken.getOrDefault(queue, List.of()).stream().distinct().toList();
  }

  /// Those that did not exhaust their attempts.
  private static List<String> alive(SqliteRig rig, List<String> ids) {
    return ids.stream()
        .filter(id -> rig.view(DeliveryId.parse(id)).state() == DeliveryState.DELIVERED)
        .toList();
  }
}
