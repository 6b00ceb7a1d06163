package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.journal.Appends;
import dev.chasqui.journal.Facts;
import dev.chasqui.journal.Journal.Appended;
import dev.chasqui.journal.Journal.Batch;
import dev.chasqui.journal.Journal.Reason;
import dev.chasqui.journal.JournalException;
import dev.chasqui.journal.JournalState.Condition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is deleted, and what never is.
class RetentionIT {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(40));
  private static final long CAP = 6L * JournalImages.SEGMENT_BYTES;

  @TempDir Path directory;

  private FileJournal journal;

  @BeforeEach
  void open() {
    journal = FileJournal.open(directory, JournalImages.settings(CAP), 0);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void deletesNothingThatIsYoungAndFits() {
    append(1, 60);

    assertThat(journal.retain(Long.MAX_VALUE, NOW)).isZero();
  }

  @Test
  void deletesWhatIsOldButNeverTheLastSegment() throws Exception {
    List<Long> positions = append(1, 60);
    ageAll();

    assertThat(journal.retain(Long.MAX_VALUE, NOW)).isPositive();

    assertThat(JournalImages.segments(directory)).hasSize(1);
    assertThat(journal.head()).isGreaterThan(positions.getFirst());
    assertThat(JournalImages.numbers(journal)).isNotEmpty().endsWith(60L);
    append(61, 61);
  }

  @Test
  void deletesNothingThatIsStillNeeded() throws Exception {
    List<Long> positions = append(1, 60);
    ageAll();
    long needed = positions.get(30);

    journal.retain(needed, NOW);

    assertThat(journal.readAt(needed).position()).isEqualTo(needed);
    assertThat(journal.head()).isGreaterThan(positions.getFirst()).isLessThanOrEqualTo(needed);
  }

  @Test
  void deletedRecordIsGone() throws Exception {
    List<Long> positions = append(1, 60);
    ageAll();
    journal.retain(Long.MAX_VALUE, NOW);

    assertThatThrownBy(() -> journal.readAt(positions.getFirst()))
        .isInstanceOfSatisfying(
            JournalException.class,
            e -> assertThat(e.kind()).isEqualTo(JournalException.Kind.GONE));
    Batch batch = journal.read(positions.getFirst(), 1, 1 << 20);
    assertThat(batch.entries()).hasSize(1);
    assertThat(batch.damages()).isEmpty();
  }

  @Test
  void fullJournalGoesOnWhenRetentionHasFreedSome() {
    int number = 1;
    Appended last = Appends.append(journal, Facts.webhook(number, 1_000));
    while (last instanceof Appended.Durable) {
      number++;
      last = Appends.append(journal, Facts.webhook(number, 1_000));
    }
    assertThat(last).isEqualTo(new Appended.Refused(Reason.FULL));
    assertThat(journal.state().condition()).isEqualTo(Condition.FULL);
    assertThat(journal.state().bytesUsed()).isLessThanOrEqualTo(CAP);
    assertThat(journal.retain(0, NOW)).as("all is needed").isZero();

    assertThat(journal.retain(journal.tail(), NOW)).isPositive();

    JournalImages.await("room", () -> journal.state().isWritable());
    append(number, number);
    assertThat(journal.state().bytesUsed()).isLessThanOrEqualTo(CAP);
  }

  @Test
  void readersGoOnWhileSegmentsAreDeleted() throws Exception {
    append(1, 90);
    Thread deleter =
        Thread.ofVirtual().start(() -> LongStream.range(0, 50).forEach(_ -> deleteAndAppend()));
    long position = 0;
    long last = 0;
    while (deleter.isAlive() || journal.tail() > position) {
      Batch batch = journal.read(position, 3, 1 << 20);
      assertThat(batch.damages()).isEmpty();
      for (var entry : batch.entries()) {
        assertThat(Facts.number(entry.fact())).isGreaterThanOrEqualTo(last);
        last = Facts.number(entry.fact());
      }
      position = batch.next();
    }
    deleter.join();
  }

  private void deleteAndAppend() {
    journal.retain(journal.tail(), NOW);
    Appends.append(journal, Facts.webhook(1_000, 5_000));
  }

  private List<Long> append(long first, long last) {
    List<Long> positions = new ArrayList<>();
    for (long number = first; number <= last; number++) {
      positions.add(Appends.durable(journal, Facts.webhook(number, 1_000)));
    }
    return positions;
  }

  private void ageAll() throws Exception {
    for (Path segment : JournalImages.segments(directory)) {
      Files.setLastModifiedTime(segment, FileTime.from(LONG_AGO));
    }
  }
}
