package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.journal.Appends;
import dev.chasqui.journal.Facts;
import dev.chasqui.journal.Journal.Appended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bulk facts wait for others to be written, here for an hour; an interactive one takes them along.
class BulkDelayIT {

  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Duration A_MOMENT = Duration.ofMillis(50);

  @TempDir private Path directory;

  private final BlockingQueue<Appended> results = new LinkedBlockingQueue<>();
  private FileJournal journal;

  @BeforeEach
  void open() {
    journal = FileJournal.open(directory, settings(AN_HOUR), 0);
  }

  private static JournalSettings settings(Duration maxDelay) {
    JournalSettings.Pacing pacing = new JournalSettings.Pacing(Duration.ZERO, maxDelay);
    return new JournalSettings(128 << 10, 1L << 30, 0, 64 << 20, pacing, Duration.ofDays(30));
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void theFirstAfterAPauseIsWrittenAtOnce() {
    assertThat(Appends.append(journal, Facts.statuses(1))).isInstanceOf(Appended.Durable.class);
  }

  @Test
  void bulkFactsWaitAfterACommitUntilAnInteractiveOneComes() throws InterruptedException {
    Appends.durable(journal, Facts.statuses(1));
    journal.append(Facts.statuses(2), results::add);
    journal.append(Facts.duplicate(1), results::add);
    assertThat(journal.awaitBeyond(journal.tail(), A_MOMENT)).isFalse();
    assertThat(results).isEmpty();
    assertThat(JournalImages.numbers(journal)).containsExactly(1L);

    Appends.durable(journal, Facts.webhook(3));

    assertThat(results).hasSize(2).allMatch(result -> result instanceof Appended.Durable);
    assertThat(JournalImages.numbers(journal)).containsExactly(1L, 2L, 1L, 3L);
  }

  @Test
  void interactiveFactsNeverWait() {
    Appends.durable(journal, Facts.statuses(1));
    for (int i = 2; i <= 50; i++) {
      Appends.durable(journal, Facts.webhook(i));
    }
    assertThat(JournalImages.numbers(journal)).hasSize(50);
  }

  @Test
  void theyWaitNoLongerThanTheirMaxDelay() {
    journal.close();
    journal = FileJournal.open(directory, settings(Duration.ofMillis(5)), 0);
    for (int i = 1; i <= 20; i++) {
      Appends.durable(journal, Facts.statuses(i));
    }
    assertThat(JournalImages.numbers(journal)).hasSize(20);
  }

  @Test
  void closingWritesThoseThatWait() {
    Appends.durable(journal, Facts.statuses(1));
    journal.append(Facts.statuses(2), results::add);

    journal.close();

    assertThat(results).singleElement().isInstanceOf(Appended.Durable.class);
    journal = FileJournal.open(directory, settings(Duration.ZERO), 0);
    assertThat(JournalImages.numbers(journal)).containsExactly(1L, 2L);
  }

  /// Forty at once are worth a commit of their own: the writer does not rest after it.
  @Test
  void aFullBatchIsNotFollowedByARest() throws InterruptedException {
    CountDownLatch isHeldUp = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    journal.append(
        Facts.webhook(1),
        _ -> {
          isHeldUp.countDown();
          awaitQuietly(goesOn);
        });
    isHeldUp.await();
    for (int i = 2; i <= 41; i++) {
      journal.append(Facts.statuses(i), results::add);
    }
    journal.append(Facts.webhook(42), results::add);
    goesOn.countDown();
    for (int i = 2; i <= 42; i++) {
      Appends.await(results);
    }

    assertThat(Appends.append(journal, Facts.statuses(43))).isInstanceOf(Appended.Durable.class);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
