package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.journal.Appends;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Facts;
import dev.chasqui.journal.Journal.Appended;
import dev.chasqui.journal.Journal.Reason;
import dev.chasqui.journal.JournalState.Condition;
import dev.chasqui.observe.HeldElsewhereException;
import dev.chasqui.observe.Supervisor;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full, or fails.
class DiskFaultsIT {

  private static final Appended FULL = new Appended.Refused(Reason.FULL);
  private static final Appended POISONED = new Appended.Refused(Reason.POISONED);

  @TempDir Path directory;

  private final FaultyDisk disk = new FaultyDisk();
  private FileJournal journal;
  private int forcesBefore;

  @BeforeEach
  void open() {
    journal = FileJournal.open(directory, JournalImages.SMALL, 0, disk);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  /// Past the page cache nothing else can be written, and within it a part of a page that is not in
  /// memory would be read from the disk first.
  @Test
  void aCommitWritesWholePages() {
    for (int i = 1; i <= 100; i++) {
      Appends.durable(journal, Facts.webhook(i));
    }

    assertThat(disk.writeStarts).allMatch(start -> start % 4096 == 0);
    assertThat(disk.writeEnds).hasSizeGreaterThanOrEqualTo(100).allMatch(end -> end % 4096 == 0);
    assertThat(JournalImages.numbers(journal)).hasSize(100);
  }

  @Test
  void failedFsyncPoisonsForGood() {
    Appends.durable(journal, Facts.webhook(1));
    disk.isForceFailing = true;

    assertThat(Appends.append(journal, Facts.webhook(2))).isEqualTo(POISONED);

    disk.isForceFailing = false;
    assertThat(Appends.append(journal, Facts.webhook(3))).isEqualTo(POISONED);
    assertThat(journal.state().condition()).isEqualTo(Condition.POISONED);
    assertThat(journal.state().trouble()).get().asString().contains("fsync failed");
    assertThat(JournalImages.numbers(journal)).containsExactly(1L);
  }

  @Test
  void aWriteThatFailsOnceIsTriedAgainAndNothingOfItIsKept() {
    Appends.durable(journal, Facts.webhook(1));
    disk.writesUntilFault.set(0);

    assertThat(Appends.append(journal, Facts.webhook(2))).isEqualTo(FULL);

    JournalImages.await("it is written again", () -> journal.state().isWritable());
    Appends.durable(journal, Facts.webhook(3));
    assertThat(JournalImages.numbers(journal)).containsExactly(1L, 3L);
    assertThat(journal.state().trouble()).isEmpty();
  }

  @Test
  void aBugInTheWriterEndsTheProcessAndItsCallersAreTold() {
    journal.close();
    List<String> ends = new CopyOnWriteArrayList<>();
    Supervisor supervisor = new Supervisor(Clock.systemUTC(), ends::add);
    journal = FileJournal.open(directory, JournalImages.SMALL, 0, disk, supervisor);
    disk.bugInWrite = new IllegalStateException("a bug");

    assertThat(Appends.append(journal, Facts.webhook(1))).isEqualTo(POISONED);

    JournalImages.await("the process ends", () -> !ends.isEmpty());
    assertThat(ends.getFirst()).startsWith("loop journal-writer ended with BrokenInvariantError");
  }

  /// It goes on for three segments, none of which was there when the fault came.
  @Test
  void aBugInThePreparerIsTriedAgain() {
    disk.bugInZeroFill = new IllegalStateException("a bug");
    long number = 0;
    while (disk.bugInZeroFill != null) {
      Appends.append(journal, Facts.webhook(number++, 1_000));
    }
    for (long end = number + 3 * JournalImages.SEGMENT_BYTES / 1_000; number < end; number++) {
      Fact fact = Facts.webhook(number, 1_000);
      JournalImages.await(
          "there is room again", () -> Appends.append(journal, fact) instanceof Appended.Durable);
    }
    JournalImages.await("nothing is amiss", () -> journal.state().trouble().isEmpty());
  }

  @Test
  void aSegmentThatNeverComesIsAwaitedUpToALimit() {
    CountDownLatch gate = new CountDownLatch(1);
    disk.zeroFillGate.set(gate);
    try {
      long stored = appendUntil(FULL);
      assertThat(stored).isPositive();
      assertThat(journal.state().isWritable()).isFalse();
      assertThat(journal.state().trouble()).get().asString().contains("takes too long to write");
    } finally {
      gate.countDown();
    }
    JournalImages.await("room", () -> journal.state().isWritable());
    Appends.durable(journal, Facts.webhook(1_000));
    assertThat(journal.state().trouble()).isEmpty();
  }

  @Test
  void poisonedJournalIsWellAgainAfterARestart() {
    Appends.durable(journal, Facts.webhook(1));
    disk.isForceFailing = true;
    Appends.append(journal, Facts.webhook(2));
    disk.isForceFailing = false;
    journal.close();

    journal = FileJournal.open(directory, JournalImages.SMALL, 0, disk);

    Appends.durable(journal, Facts.webhook(3));
    assertThat(JournalImages.numbers(journal)).startsWith(1L).endsWith(3L);
  }

  @Test
  void everyWaitingAppendIsToldOfThePoison() {
    BlockingQueue<Appended> results = new LinkedBlockingQueue<>();
    CountDownLatch gate = closeGate();
    LongStream.range(0, 20).forEach(i -> journal.append(Facts.webhook(i), results::add));
    disk.isForceFailing = true;

    gate.countDown();

    for (int i = 0; i < 20; i++) {
      assertThat(Appends.await(results)).isEqualTo(POISONED);
    }
    assertThat(journal.state().bytesWaiting()).isZero();
  }

  @Test
  void keepsTheReserveOfDiskSpaceAndGoesOnWhenThereIsRoom() {
    disk.usableSpace = 0;
    long stored = appendUntil(FULL);
    assertThat(journal.state().condition()).isEqualTo(Condition.FULL);
    assertThat(journal.state().trouble()).get().asString().contains("reserve");

    disk.usableSpace = 1L << 40;
    JournalImages.await("room", () -> journal.state().isWritable());

    Appends.durable(journal, Facts.webhook(stored));
    assertThat(JournalImages.numbers(journal))
        .isEqualTo(LongStream.rangeClosed(0, stored).boxed().toList());
  }

  @Test
  void tellsWhyThereIsNoRoomForTheNextSegment() {
    disk.isZeroFillFailing = true;
    long stored = appendUntil(FULL);

    assertThat(journal.state().trouble()).get().asString().contains("No space left");
    assertThat(journal.state().bytesUsed()).isLessThan(JournalImages.SEGMENT_BYTES * 3L);

    disk.isZeroFillFailing = false;
    JournalImages.await("room", () -> journal.state().isWritable());
    Appends.durable(journal, Facts.webhook(stored));
  }

  @Test
  void writeWithoutRoomIsRefusedAndLeavesNoGhost() {
    Appends.durable(journal, Facts.webhook(1));
    BlockingQueue<Appended> results = new LinkedBlockingQueue<>();
    CountDownLatch gate = closeGate();
    journal.append(Facts.webhook(2), results::add);
    JournalImages.await("the writer at the gate", () -> gate.getCount() == 1 && isForcing());
    LongStream.range(100, 120).forEach(i -> journal.append(Facts.duplicate(i), results::add));
    disk.bytesUntilFull = 600;
    gate.countDown();
    assertThat(Appends.await(results)).isInstanceOf(Appended.Durable.class);
    for (int i = 0; i < 20; i++) {
      assertThat(Appends.await(results)).isEqualTo(FULL);
    }
    assertThat(journal.state().condition()).isEqualTo(Condition.FULL);

    disk.bytesUntilFull = -1;
    JournalImages.await("room", () -> journal.state().isWritable());
    Appends.durable(journal, Facts.duplicate(3));
    journal.close();

    journal = JournalImages.open(directory);
    assertThat(JournalImages.numbers(journal)).containsExactly(1L, 2L, 3L);
    assertThat(journal.recovery().findings()).isEmpty();
  }

  @Test
  void boundsTheBytesThatWait() {
    CountDownLatch gate = closeGate();
    BlockingQueue<Appended> results = new LinkedBlockingQueue<>();
    int sent = 0;
    while (results.isEmpty()) {
      journal.append(Facts.webhook(sent, 20_000), results::add);
      sent++;
    }
    assertThat(results.remove()).isEqualTo(new Appended.Refused(Reason.OVERLOADED));
    assertThat(journal.state().bytesWaiting())
        .isLessThanOrEqualTo(JournalImages.SMALL.maxWaitingBytes());

    gate.countDown();
    for (int i = 1; i < sent; i++) {
      assertThat(Appends.await(results)).isInstanceOf(Appended.Durable.class);
    }
  }

  @Test
  void refusesWhatNoSegmentCanHold() {
    assertThat(Appends.append(journal, Facts.webhook(1, JournalImages.SEGMENT_BYTES)))
        .isEqualTo(new Appended.Refused(Reason.TOO_LARGE));
    Appends.durable(journal, Facts.webhook(2, JournalImages.SEGMENT_BYTES - 5_000));
    assertThat(JournalImages.numbers(journal)).containsExactly(2L);
  }

  @Test
  void directoryBelongsToOneJournalAtATime() {
    assertThatThrownBy(() -> JournalImages.open(directory))
        .isInstanceOf(HeldElsewhereException.class)
        .hasMessageStartingWith("another Chasqui uses the journal in");

    journal.close();
    JournalImages.open(directory).close();
  }

  private CountDownLatch closeGate() {
    CountDownLatch gate = new CountDownLatch(1);
    forcesBefore = disk.forces.get();
    disk.gate.set(gate);
    return gate;
  }

  private boolean isForcing() {
    return disk.forces.get() > forcesBefore;
  }

  /// Appends the numbers from 0 on until one is refused.
  ///
  /// @return the number that was refused
  private long appendUntil(Appended refusal) {
    for (long number = 0; ; number++) {
      Appended result = Appends.append(journal, Facts.webhook(number, 1_000));
      if (!(result instanceof Appended.Durable)) {
        assertThat(result).isEqualTo(refusal);
        return number;
      }
    }
  }
}
