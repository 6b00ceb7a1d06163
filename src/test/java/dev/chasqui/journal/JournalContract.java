package dev.chasqui.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.journal.Journal.Appended;
import dev.chasqui.journal.Journal.Batch;
import dev.chasqui.journal.Journal.Entry;
import dev.chasqui.journal.Journal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every journal must do.
public abstract class JournalContract {

  private static final int ANY = 1 << 20;
  private static final Duration LONG = Duration.ofMinutes(1);

  /// The journal under test.
  protected Journal journal;

  /// Opens an empty journal.
  protected abstract Journal openEmpty();

  @BeforeEach
  void open() {
    journal = openEmpty();
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(journal.head()).isEqualTo(journal.tail());
    assertThat(journal.read(0, ANY, ANY).entries()).isEmpty();
    assertThat(journal.back(ANY)).isEqualTo(journal.tail());
    assertThat(journal.state().isWritable()).isTrue();
  }

  @Test
  void givesBackWhatWasAppended() {
    List<Fact> facts = List.of(Facts.webhook(1), Facts.duplicate(1), Facts.webhook(2, 100_000));
    facts.forEach(fact -> Appends.durable(journal, fact));

    Batch batch = journal.read(0, ANY, ANY);

    assertThat(batch.entries()).extracting(Entry::fact).isEqualTo(facts);
    assertThat(batch.damages()).isEmpty();
    assertThat(journal.read(batch.next(), ANY, ANY).entries()).isEmpty();
  }

  @Test
  void positionsGrowAndAreNeverZero() {
    long first = Appends.durable(journal, Facts.webhook(1));
    long second = Appends.durable(journal, Facts.webhook(2));

    assertThat(first).isPositive();
    assertThat(second).isGreaterThan(first);
    assertThat(journal.tail()).isGreaterThan(second);
  }

  @Test
  void readsOnWhereABatchEnded() {
    appendMany(25);

    List<Long> numbers = new ArrayList<>();
    long position = 0;
    for (Batch batch = journal.read(0, 4, ANY);
        !batch.entries().isEmpty();
        batch = journal.read(position, 4, ANY)) {
      assertThat(batch.entries()).hasSizeLessThanOrEqualTo(4);
      batch.entries().forEach(entry -> numbers.add(Facts.number(entry.fact())));
      position = batch.next();
    }

    assertThat(numbers).isEqualTo(numbersTo(25));
  }

  @Test
  void readsOnAfterAnEntry() {
    appendMany(3);
    Entry first = journal.read(0, 1, ANY).entries().getFirst();

    assertThat(numbers(journal.read(first.next(), ANY, ANY))).containsExactly(2L, 3L);
    assertThat(numbers(journal.read(first.position(), ANY, ANY))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void stopsABatchAtItsBytesButAlwaysGivesOneRecord() {
    for (long number = 1; number <= 10; number++) {
      Appends.durable(journal, Facts.webhook(number, 50_000));
    }

    assertThat(journal.read(0, ANY, 1).entries()).hasSize(1);
    assertThat(journal.read(0, ANY, 100_000).entries()).hasSizeBetween(1, 3);
  }

  @Test
  void readsOneRecordByPosition() {
    long position = Appends.durable(journal, Facts.webhook(1));
    Appends.durable(journal, Facts.webhook(2));

    assertThat(journal.readAt(position).fact()).isEqualTo(Facts.webhook(1));
    assertThat(journal.readAt(position).position()).isEqualTo(position);
  }

  @Test
  void readsManyRecordsByPositionAndLeavesOutWhatIsNone() {
    List<Long> written = new ArrayList<>();
    for (long number = 1; number <= 60; number++) {
      written.add(Appends.durable(journal, Facts.webhook(number, 3_000)));
    }
    SortedSet<Long> wanted = new TreeSet<>(written.subList(0, 20));
    wanted.addAll(List.of(written.get(40), written.get(59), written.get(50) + 1, Long.MAX_VALUE));

    List<Entry> found = journal.readAll(wanted, ANY);

    assertThat(found).hasSize(22);
    assertThat(found.get(7).fact()).isEqualTo(Facts.webhook(8, 3_000));
    assertThat(found.getLast().position()).isEqualTo(written.get(59));
    assertThat(journal.readAll(wanted, 10_000)).hasSizeBetween(1, 5);
    assertThat(journal.readAll(new TreeSet<>(), ANY)).isEmpty();
  }

  @Test
  void refusesToReadBetweenRecords() {
    long position = Appends.durable(journal, Facts.webhook(1));

    assertThatThrownBy(() -> journal.readAt(position + 1))
        .isInstanceOfSatisfying(
            JournalException.class,
            e -> assertThat(e.kind()).isEqualTo(JournalException.Kind.DAMAGED));
  }

  @Test
  void goesBackFromTheTail() {
    appendMany(100);
    List<Entry> all = journal.read(0, ANY, 10 * ANY).entries();
    Entry last = all.getLast();

    assertThat(journal.back(1)).isEqualTo(journal.tail());
    assertThat(journal.back(last.next() - last.position())).isEqualTo(last.position());
    assertThat(journal.back(10L * ANY)).isEqualTo(all.getFirst().position());
  }

  @Test
  void keepsTheOrderOfEachCallerAndAnswersEachOnce() throws InterruptedException {
    int callers = 8;
    int each = 500;
    BlockingQueue<Appended> results = new LinkedBlockingQueue<>();
    CountDownLatch ended = new CountDownLatch(callers);
    for (int caller = 0; caller < callers; caller++) {
      long base = caller * 1_000_000L;
      Thread.ofVirtual()
          .start(
              () -> {
                LongStream.range(0, each)
                    .forEach(i -> journal.append(Facts.webhook(base + i), results::add));
                ended.countDown();
              });
    }
    assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
    List<Appended> answers = new ArrayList<>();
    for (int i = 0; i < callers * each; i++) {
      answers.add(Appends.await(results));
    }

    assertThat(answers).allMatch(Appended.Durable.class::isInstance).doesNotHaveDuplicates();
    List<Long> numbers = readAll();
    for (int caller = 0; caller < callers; caller++) {
      long base = caller * 1_000_000L;
      assertThat(numbers.stream().filter(n -> n / 1_000_000L * 1_000_000L == base))
          .isEqualTo(LongStream.range(base, base + each).boxed().toList());
    }
    assertThat(results).isEmpty();
  }

  @Test
  void readsWhileItIsWritten() throws InterruptedException {
    AtomicBoolean isStopped = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (long number = 1; !isStopped.get(); number++) {
                    Appends.durable(journal, Facts.webhook(number));
                  }
                });
    List<Long> numbers = new ArrayList<>();
    long position = 0;
    while (numbers.size() < 300) {
      assertThat(journal.awaitBeyond(position, LONG)).isTrue();
      Batch batch = journal.read(position, 7, ANY);
      assertThat(batch.damages()).isEmpty();
      numbers.addAll(numbers(batch));
      position = batch.next();
    }
    isStopped.set(true);
    writer.join();

    assertThat(numbers).isEqualTo(numbersTo(numbers.size()));
  }

  @Test
  void waitsForTheTailToPass() throws InterruptedException {
    long before = journal.tail();

    assertThat(journal.awaitBeyond(before, Duration.ZERO)).isFalse();
    Thread.ofVirtual().start(() -> Appends.durable(journal, Facts.webhook(1)));
    assertThat(journal.awaitBeyond(before, LONG)).isTrue();
    assertThat(journal.tail()).isGreaterThan(before);
  }

  @Test
  void waitsForWhatIsInteractive() throws InterruptedException {
    long before = journal.tail();
    Appends.durable(journal, Facts.statuses(1));
    Appends.durable(journal, Facts.duplicate(1));

    assertThat(journal.awaitInteractive(before, Duration.ZERO)).isFalse();
    Thread.ofVirtual().start(() -> Appends.durable(journal, Facts.webhook(2)));
    assertThat(journal.awaitInteractive(before, LONG)).isTrue();
    assertThat(journal.awaitInteractive(journal.read(before, ANY, ANY).next(), Duration.ZERO))
        .isFalse();
  }

  @Test
  void closingEndsTheWaiting() throws InterruptedException {
    BlockingQueue<Boolean> results = new LinkedBlockingQueue<>();
    long tail = journal.tail();
    Thread.ofVirtual().start(() -> results.add(awaitUninterrupted(tail)));

    journal.close();

    assertThat(results.poll(1, TimeUnit.MINUTES)).isFalse();
  }

  @Test
  void callbackThatThrowsHurtsNobodyElse() {
    journal.append(
        Facts.webhook(1),
        _ -> {
          throw new IllegalStateException("a bug of the caller");
        });

    Appends.durable(journal, Facts.webhook(2));
    assertThat(readAll()).containsExactly(1L, 2L);
  }

  @Test
  void completesWhatWaitsWhenClosedAndRefusesTheRest() {
    BlockingQueue<Appended> results = new LinkedBlockingQueue<>();
    for (long number = 1; number <= 50; number++) {
      journal.append(Facts.webhook(number), results::add);
    }

    journal.close();

    assertThat(results).hasSize(50).allMatch(Appended.Durable.class::isInstance);
    assertThat(Appends.append(journal, Facts.webhook(51)))
        .isEqualTo(new Appended.Refused(Reason.CLOSED));
    assertThat(journal.state().condition()).isEqualTo(JournalState.Condition.CLOSED);
    journal.close();
  }

  /// Appends facts of the numbers from 1 on.
  protected void appendMany(int count) {
    BlockingQueue<Appended> results = new LinkedBlockingQueue<>();
    for (long number = 1; number <= count; number++) {
      journal.append(Facts.webhook(number), results::add);
    }
    for (int i = 0; i < count; i++) {
      assertThat(Appends.await(results)).isInstanceOf(Appended.Durable.class);
    }
  }

  /// The numbers of all facts in the journal.
  protected List<Long> readAll() {
    List<Long> numbers = new ArrayList<>();
    Batch batch = journal.read(0, ANY, ANY);
    while (!batch.entries().isEmpty()) {
      numbers.addAll(numbers(batch));
      batch = journal.read(batch.next(), ANY, ANY);
    }
    return numbers;
  }

  private boolean awaitUninterrupted(long tail) {
    try {
      return journal.awaitBeyond(tail, LONG);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Long> numbers(Batch batch) {
    return batch.entries().stream().map(entry -> Facts.number(entry.fact())).toList();
  }

  private static List<Long> numbersTo(int count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }
}
