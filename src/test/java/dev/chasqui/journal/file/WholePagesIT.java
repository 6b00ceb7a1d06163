package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.journal.Appends;
import dev.chasqui.journal.Facts;
import dev.chasqui.journal.Journal.Appended;
import dev.chasqui.journal.Journal.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commits are written in whole pages, the first of which may hold records that are durable.
class WholePagesIT {

  private static final JournalSettings ROOMY =
      new JournalSettings(
          4 << 20, 1L << 30, 0, 64 << 20, JournalSettings.Pacing.NONE, Duration.ofDays(30));

  @TempDir private Path directory;

  private final FaultyDisk disk = new FaultyDisk();
  private FileJournal journal;

  @BeforeEach
  void open() {
    journal = FileJournal.open(directory, ROOMY, 0, disk);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void whatIsDurableIsNeverChanged() throws IOException {
    journal.close();
    journal = FileJournal.open(directory, ROOMY, 0);
    byte[] before = new byte[0];
    for (int i = 1; i <= 150; i++) {
      Appends.durable(journal, Facts.webhook(i, 61 * i));
      byte[] now = upToTheTail();
      assertThat(Arrays.copyOf(now, before.length)).isEqualTo(before);
      before = now;
      if (i % 40 == 0) {
        journal.close();
        journal = FileJournal.open(directory, ROOMY, 0);
      }
    }
    assertThat(JournalImages.numbers(journal)).hasSize(150);
  }

  private byte[] upToTheTail() throws IOException {
    try (InputStream file = Files.newInputStream(JournalImages.segments(directory).getFirst())) {
      return file.readNBytes(Math.toIntExact(journal.tail()));
    }
  }

  /// The buffer holds 1 MiB: the first of the batch is written long before the last.
  @Test
  void aBatchOfSeveralWritesIsReadFromMemoryAndFromTheFile() {
    BlockingQueue<Appended> results = new LinkedBlockingQueue<>();
    inOneBatch(results);
    for (int i = 0; i <= 9; i++) {
      assertThat(Appends.await(results)).isInstanceOf(Appended.Durable.class);
    }
    assertThat(JournalImages.numbers(journal)).hasSize(10);
    journal.close();
    journal = FileJournal.open(directory, ROOMY, 0);
    assertThat(JournalImages.numbers(journal)).hasSize(10);
    assertThat(journal.recovery().findings()).isEmpty();
  }

  @Test
  void ofABatchThatRanOutOfRoomInItsSecondWriteNothingIsLeft() {
    Appends.durable(journal, Facts.duplicate(100));
    BlockingQueue<Appended> results = new LinkedBlockingQueue<>();
    disk.writesUntilFull.set(2);
    inOneBatch(results);
    assertThat(Appends.await(results)).as("the first alone").isInstanceOf(Appended.Durable.class);
    for (int i = 1; i <= 9; i++) {
      assertThat(Appends.await(results)).isEqualTo(new Appended.Refused(Reason.FULL));
    }
    JournalImages.await("room", () -> journal.state().isWritable());
    Appends.durable(journal, Facts.duplicate(101));
    journal.close();

    journal = FileJournal.open(directory, ROOMY, 0);
    assertThat(JournalImages.numbers(journal)).containsExactly(100L, 0L, 101L);
    assertThat(journal.recovery().findings()).isEmpty();
  }

  /// Appends one record that is being synced while nine others, 2 MB, gather behind it.
  private void inOneBatch(BlockingQueue<Appended> results) {
    CountDownLatch gate = new CountDownLatch(1);
    int forces = disk.forces.get();
    disk.gate.set(gate);
    journal.append(Facts.duplicate(0), results::add);
    JournalImages.await("the writer at the gate", () -> disk.forces.get() > forces);
    LongStream.rangeClosed(1, 9)
        .forEach(i -> journal.append(Facts.webhook(i, 230_000), results::add));
    gate.countDown();
  }
}
