package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.journal.Appends;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Facts;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.Journal.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A segment is loaded a stretch at a time, from memory or from its file; readers notice nothing of
/// it.
abstract class StretchContract {

  private static final int STRETCH = JournalReader.STRETCH_BYTES;
  private static final int ANY = 16 << 20;

  @TempDir Path directory;

  private FileJournal journal;

  /// Called when all is appended that is to be read.
  ///
  /// @return the journal to read from
  abstract FileJournal written(FileJournal appendedTo);

  static FileJournal open(Path directory) {
    JournalSettings settings =
        new JournalSettings(
            1 << 20, 1L << 30, 0, 64 << 20, JournalSettings.Pacing.NONE, Duration.ofDays(30));
    return FileJournal.open(directory, settings, 0);
  }

  @BeforeEach
  void open() {
    journal = open(directory);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {-128, -16, -8, 0, 8, 16, 128})
  void readsARecordThatEndsOrBeginsNearTheEndOfAStretch(int beyond) {
    long first = Appends.durable(journal, Facts.webhook(1, 1_000));
    int frameBytes = Math.toIntExact(journal.tail() - first);
    int bodyBytes = 1_000 + STRETCH + beyond - 2 * frameBytes;
    List<Fact> others = List.of(Facts.webhook(2, bodyBytes), Facts.webhook(3), Facts.duplicate(4));
    List<Long> positions = others.stream().map(fact -> Appends.durable(journal, fact)).toList();

    journal = written(journal);
    Journal.Batch batch = journal.read(first, 100, ANY);

    assertThat(positions.get(1) - first).as("end of the second").isEqualTo(STRETCH + beyond);
    assertThat(batch.entries()).extracting(Entry::fact).endsWith(others.toArray(new Fact[0]));
    assertThat(batch.entries()).hasSize(4);
    assertThat(batch.damages()).isEmpty();
    assertThat(batch.next()).isEqualTo(journal.tail());
  }

  @Test
  void readsRecordsLongerThanAStretchAmongSmallOnes() {
    List<Fact> facts =
        List.of(
            Facts.webhook(1),
            Facts.webhook(2, 3 * STRETCH),
            Facts.webhook(3),
            Facts.webhook(4, STRETCH),
            Facts.duplicate(5));
    facts.forEach(fact -> Appends.durable(journal, fact));
    journal = written(journal);

    assertThat(journal.read(0, 100, ANY).entries()).extracting(Entry::fact).isEqualTo(facts);
  }

  @Test
  void fillsABatchOverManyStretches() {
    List<Fact> facts = append(300, 1_500);

    Journal.Batch first = journal.read(0, 250, ANY);
    Journal.Batch rest = journal.read(first.next(), 250, ANY);

    assertThat(first.entries()).extracting(Entry::fact).isEqualTo(facts.subList(0, 250));
    assertThat(rest.entries()).extracting(Entry::fact).isEqualTo(facts.subList(250, 300));
  }

  @Test
  void stopsABatchAtItsBytesInALaterStretch() {
    append(200, 1_500);

    List<Entry> entries = journal.read(0, 200, 2 * STRETCH).entries();

    long bytes = entries.getLast().next() - entries.getFirst().position();
    long withoutLast = entries.getLast().position() - entries.getFirst().position();
    assertThat(bytes).isGreaterThanOrEqualTo(2 * STRETCH);
    assertThat(withoutLast).isLessThan(2 * STRETCH);
  }

  @Test
  void recordThatIsKeptKeepsNothingElse() {
    append(50, 1_500);

    for (Entry entry : journal.read(0, 50, ANY).entries()) {
      Fact.WebhookReceived webhook = (Fact.WebhookReceived) entry.fact();
      assertThat(webhook.body().array()).hasSizeLessThan(2_500);
    }
  }

  @Test
  void laterReadsLeaveWhatWasReadBeforeAsItWas() {
    List<Fact> facts = append(200, 1_500);
    List<Entry> first = journal.read(0, 100, ANY).entries();

    journal.read(first.getLast().next(), 100, ANY);

    assertThat(first).extracting(Entry::fact).isEqualTo(facts.subList(0, 100));
  }

  @Test
  void readersAtTheSameTimeDoNotDisturbEachOther() throws InterruptedException, ExecutionException {
    List<Fact> facts = append(200, 1_500);
    Callable<List<Fact>> readAll =
        () -> journal.read(0, 200, ANY).entries().stream().map(Entry::fact).toList();

    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Fact>>> results = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        results.add(readers.submit(readAll));
      }
      for (Future<List<Fact>> result : results) {
        assertThat(result.get()).isEqualTo(facts);
      }
    }
  }

  private List<Fact> append(int count, int bodyBytes) {
    List<Fact> facts = new ArrayList<>();
    for (long number = 1; number <= count; number++) {
      Fact fact = Facts.webhook(number, bodyBytes);
      Appends.durable(journal, fact);
      facts.add(fact);
    }
    journal = written(journal);
    return facts;
  }
}
