package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.routing.Rules;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The pause between two reads of the journal, here an hour, and what cuts it short.
class ReadIntervalTest {

  private static final Duration A_MOMENT = Duration.ofMillis(50);

  private static final ProjectionSettings LOOKS_HOURLY =
      new ProjectionSettings(
          0,
          new ProjectionSettings.Reading(
              Duration.ofHours(1), Duration.ofMillis(1), 64, 1 << 20, 1L << 40, 1_000),
          new ProjectionSettings.Ledger(ProjectionRun.NEVER, 10, 1_000));

  private final MemoryJournal journal = new MemoryJournal();

  @SuppressWarnings("NullAway.Init") // each test starts one
  private ProjectionRun run;

  @BeforeEach
  void start() {
    run = ProjectionRun.start(journal, new MemoryStore(), new Rules(), LOOKS_HOURLY);
  }

  @AfterEach
  void stop() {
    run.close();
  }

  @Test
  void aMessageIsProjectedAtOnceWithTheStatusesBeforeIt() throws InterruptedException {
    run.project(Webhooks.statuses(1, "wamid.A sent"));
    journal.add(Webhooks.statuses(2, "wamid.B sent"));
    assertThat(run.projection.awaitProjected(A_MOMENT)).isFalse();

    run.project(Webhooks.message(3, "wamid.C"));
  }

  @Test
  void aMessageRightAfterAnotherIsProjectedWithTheNextRead() throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A"));
    journal.add(Webhooks.message(2, "wamid.B"));

    assertThat(run.projection.awaitProjected(A_MOMENT)).isFalse();
  }

  @Test
  void stoppingEndsThePause() throws InterruptedException {
    run.project(Webhooks.statuses(1, "wamid.A sent"));
    while (!journal.isAwaited) {
      Thread.onSpinWait();
    }

    run.close();

    assertThat(journal.isAwaited).isFalse();
  }
}
