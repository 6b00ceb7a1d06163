package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.observe.LoopStatus;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.testkit.Conditions;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What `/ready` tells of the loop that tidies up.
class HousekeepTest {

  private final CopyOnWriteArrayList<String> ends = new CopyOnWriteArrayList<>();
  private final Supervisor supervisor = new Supervisor(Clock.systemUTC(), ends::add);
  private final AtomicInteger looks = new AtomicInteger();
  private volatile boolean failsToLook;
  private volatile boolean failsToTidy;
  private final Housekeep housekeep =
      new Housekeep(
          new Housekeep.Tasks(this::look, () -> failIf(failsToTidy), () -> looks.get() % 4 == 0),
          Duration.ofMillis(1),
          supervisor);

  @AfterEach
  void close() {
    housekeep.close();
    assertThat(ends).isEmpty();
  }

  private void look() {
    looks.incrementAndGet();
    failIf(failsToLook);
  }

  private static void failIf(boolean fails) {
    if (fails) {
      throw new IllegalStateException("51900000001 is nobody's business");
    }
  }

  private LoopStatus status() {
    return supervisor.loops().getFirst();
  }

  @Test
  void aFaultIsToldWithItsReasonUntilThatTaskGoesWell() {
    failsToTidy = true;
    housekeep.start();
    Conditions.until("told", () -> status().state() == LoopStatus.State.WAITING);
    int told = looks.get();
    Conditions.until("looks that go well", () -> looks.get() > told + 2);
    assertThat(status().reason())
        .startsWith("housekeeping failed: IllegalStateException at HousekeepTest.java:");
    failsToTidy = false;
    Conditions.until("it goes on", () -> status().state() == LoopStatus.State.RUNNING);
    failsToLook = true;
    Conditions.until("told too", () -> status().state() == LoopStatus.State.WAITING);
    assertThat(status().reason()).startsWith("the look at the room left failed: IllegalState");
    failsToLook = false;
    Conditions.until("it goes on again", () -> status().state() == LoopStatus.State.RUNNING);
  }
}
