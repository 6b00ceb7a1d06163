package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.delivery.ScriptedSender.Receiver;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.SendResult.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Whatever an endpoint and its operator went through: once the receiver answers, live traffic is
/// delivered within its rate.
class RecoveryPropertyTest {

  private static final Duration STEP = Duration.ofMillis(5);
  private static final int LIVE = 5;

  /// What may happen before.
  enum Act {
    DOWN,
    UP,
    LIVE_TRAFFIC,
    REPLAY,
    PAUSE,
    RESUME,
    MOVE_ADDRESS,
    CHANGE_RATE,
    RETRY_NOW,
    WAIT_A_MOMENT,
    WAIT_A_WHILE
  }

  @Property(tries = 25)
  void liveTrafficGoesOutWithinItsRateWhateverWasBefore(
      @ForAll @Size(min = 3, max = 14) List<Act> acts,
      @ForAll @DoubleRange(min = 2, max = 50) double rate) {
    try (Town town = new Town(rate)) {
      acts.forEach(town::act);
      town.assertLiveTrafficFlows();
    }
  }

  /// An endpoint with a rate that was failing, and a replay of what died meanwhile: once a delivery
  /// went out every 30 s.
  @Example
  void aReplayToAFailingEndpointWithARateHoldsUpNoLiveTraffic() {
    try (Town town = new Town(4)) {
      town.act(Act.DOWN);
      List.of(1, 2, 3, 4).forEach(_ -> town.act(Act.LIVE_TRAFFIC));
      town.awaitAllDead();
      town.receiver(ScriptedSender.status(200));
      town.act(Act.REPLAY);
      town.assertLiveTrafficFlows();
    }
  }

  /// One endpoint and what happens to it.
  private static final class Town implements AutoCloseable {
    private final Rig rig = Rig.started();
    private final List<DeliveryId> owed = new ArrayList<>();
    private final EndpointId endpoint;
    private double rate;
    private int address;

    Town(double rate) {
      this.rate = rate;
      this.endpoint = rig.endpoint("e0.test", policy(rate));
    }

    private static Policy policy(@Nullable Double rate) {
      return Policies.of(32, rate, Duration.ofSeconds(1));
    }

    void act(Act act) {
      switch (act) {
        case DOWN -> receiver(ScriptedSender.failure(Failure.CONNECT_FAILED));
        case UP -> receiver(ScriptedSender.status(200));
        case LIVE_TRAFFIC -> owe();
        case REPLAY -> {
          int _ = rig.store.requeue(owed, rig.clock.instant(), null);
          rig.dispatcher.dueInStore();
        }
        case PAUSE -> switchTo(Endpoint.Switch.PAUSED);
        case RESUME -> switchTo(Endpoint.Switch.ON);
        case MOVE_ADDRESS -> change("e" + ++address % 3 + ".test", rate);
        case CHANGE_RATE -> {
          rate = rate > 10 ? 3 : 40;
          change("e" + address % 3 + ".test", rate);
        }
        case RETRY_NOW -> rig.dispatcher.retryNow(endpoint);
        case WAIT_A_MOMENT -> pass(5);
        case WAIT_A_WHILE -> pass(200);
      }
      pass(1);
    }

    private void owe() {
      for (int i = 0; i < LIVE; i++) {
        owed.add(rig.owe(endpoint));
      }
    }

    private void receiver(Receiver receiver) {
      for (int i = 0; i < 3; i++) {
        rig.sender.on("e" + i + ".test", receiver);
      }
    }

    private void switchTo(Endpoint.Switch switched) {
      rig.switchTo(endpoint, switched);
      rig.dispatcher.endpointsChanged();
    }

    private void change(String host, double perSecond) {
      rig.endpoints.computeIfPresent(
          endpoint,
          (_, it) ->
              Policies.withPolicy(
                  Policies.movedTo(it, "https://" + host + "/hook"), policy(perSecond)));
      rig.dispatcher.endpointsChanged();
    }

    private void pass(int steps) {
      for (int i = 0; i < steps; i++) {
        Instant until = rig.clock.instant().plus(STEP);
        rig.tickUntil("time passes", STEP, () -> !rig.clock.instant().isBefore(until));
      }
    }

    void awaitAllDead() {
      rig.tickUntil(
          "all is dead",
          STEP.multipliedBy(20),
          () -> rig.store.count(DeliveryState.DEAD) == owed.size());
      rig.awaitIdle();
    }

    void assertLiveTrafficFlows() {
      receiver(ScriptedSender.status(200));
      switchTo(Endpoint.Switch.ON);
      int before = owed.size();
      owe();
      Instant from = rig.clock.instant();
      List<DeliveryId> live = owed.subList(before, owed.size());
      rig.tickUntil(
          "live traffic is delivered",
          STEP,
          () -> live.stream().allMatch(it -> rig.store.state(it) == DeliveryState.DELIVERED));
      // The clock runs ahead of the threads here; what was wrong took half a minute a delivery.
      assertThat(Duration.between(from, rig.clock.instant())).isLessThan(Duration.ofSeconds(60));
    }

    @Override
    public void close() {
      rig.close();
    }
  }
}
