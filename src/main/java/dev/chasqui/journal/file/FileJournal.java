package dev.chasqui.journal.file;

import dev.chasqui.journal.Fact;
import dev.chasqui.journal.FactCodec;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.JournalException;
import dev.chasqui.journal.JournalState;
import dev.chasqui.journal.JournalState.Condition;
import dev.chasqui.model.Bytes;
import dev.chasqui.observe.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The embedded journal: segment files in one directory, written by one thread with group commit.
///
/// A position is a byte offset in the whole journal. A segment file is named by the position of its
/// first byte ([Segment]); its records are framed with a checksum over bytes and position
/// ([Frame]); the next file is filled with zeros ahead of time ([SegmentPreparer]) so that an fsync
/// has only data to flush. [JournalWriter] appends, [JournalReader] reads, [Recovery] opens,
/// [Retention] deletes.
///
/// The first segment of a new journal is small, so that the first append need not wait until a
/// whole one is filled with zeros; nothing else about it is special.
public final class FileJournal implements Journal {

  /// Size of the segment that is made when a journal is opened and has none to go on with.
  private static final long FIRST_SEGMENT_BYTES = 4L << 20;

  /// What is kept in memory for those who follow the tail: some thousand webhooks.
  public static final int RECENT_BYTES = 8 << 20;

  private final DirectoryLock lock;
  private final JournalSettings settings;
  private final RecoveryReport recovery;
  private final Segments segments;
  private final Watermark tail;
  private final Watermark interactiveTail;
  private final Intake intake;
  private final SegmentPreparer preparer;
  private final JournalWriter writer;
  private final JournalReader reader;
  private final Retention retention;
  private volatile boolean isClosed;

  private record Tools(Disk disk, DirectoryLock lock, Supervisor supervisor) {}

  private FileJournal(Path directory, JournalSettings settings, Tools tools, Recovery.Found found)
      throws IOException {
    Disk disk = tools.disk();
    this.lock = tools.lock();
    this.settings = settings;
    this.recovery = found.report();
    this.segments = found.segments();
    this.tail = new Watermark(recovery.tail());
    this.interactiveTail = new Watermark(0);
    this.intake = new Intake(settings.maxWaitingBytes());
    this.preparer =
        new SegmentPreparer(directory, disk, settings, segments::bytesUsed, tools.supervisor());
    Recent recent = new Recent(RECENT_BYTES);
    SegmentChain chain = new SegmentChain(directory, disk, segments, preparer, recent);
    chain.begin(found.resumed(), found.nextBase());
    this.writer =
        new JournalWriter(
            chain,
            intake,
            new JournalWriter.Marks(tail, interactiveTail),
            settings.pacing(),
            tools.supervisor());
    this.reader = new JournalReader(disk, recent, segments, tail);
    this.retention = new Retention(directory, disk, segments, settings);
  }

  /// Opens the journal in a directory, which is made if it is missing. Damage in it is reported by
  /// [#recovery()], never a reason to fail.
  ///
  /// @param floor the farthest position that a reader of this journal is known to have reached, 0
  ///   if none: no new record will stand before it, even if the journal has lost its end
  /// @throws dev.chasqui.observe.HeldElsewhereException if another journal has it open
  /// @throws JournalException with [JournalException.Kind#UNUSABLE] if a newer program wrote it,
  ///   with [JournalException.Kind#IO] if it cannot be read
  public static FileJournal open(
      Path directory, JournalSettings settings, long floor, Supervisor supervisor) {
    return open(directory, settings, floor, new RealDisk(), supervisor);
  }

  /// Opens a journal that a process has for itself, without the rest of a gateway.
  public static FileJournal open(Path directory, JournalSettings settings, long floor) {
    return open(directory, settings, floor, Supervisor.ofProcess());
  }

  static FileJournal open(Path directory, JournalSettings settings, long floor, Disk disk) {
    return open(directory, settings, floor, disk, Supervisor.ofProcess());
  }

  static FileJournal open(
      Path directory, JournalSettings settings, long floor, Disk disk, Supervisor supervisor) {
    try {
      createDirectory(directory, disk);
      DirectoryLock lock = DirectoryLock.take(directory);
      try {
        return openLocked(directory, settings, floor, new Tools(disk, lock, supervisor));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new JournalException(
          JournalException.Kind.IO, "cannot open the journal in " + directory, e);
    }
  }

  private static void createDirectory(Path directory, Disk disk) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(directory);
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      disk.syncDirectory(parent);
    }
  }

  private static FileJournal openLocked(
      Path directory, JournalSettings settings, long floor, Tools tools) throws IOException {
    Recovery.Found found =
        new Recovery(directory, tools.disk(), settings.segmentBytes()).run(floor);
    FileJournal journal = new FileJournal(directory, settings, tools, found);
    long firstBytes =
        found.resumed().isPresent()
            ? settings.segmentBytes()
            : Math.min(settings.segmentBytes(), FIRST_SEGMENT_BYTES);
    journal.preparer.start(leftover(directory), firstBytes);
    journal.writer.start();
    return journal;
  }

  /// The file that an earlier run prepared and did not use.
  private static Optional<SegmentPreparer.Prepared> leftover(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(SegmentPreparer.UNFINISHED_NAME));
    Path ready = directory.resolve(SegmentPreparer.READY_NAME);
    long size = Files.exists(ready) ? Files.size(ready) : 0;
    if (size < JournalSettings.MIN_SEGMENT_BYTES || size % Segment.HEADER_BYTES != 0) {
      Files.deleteIfExists(ready);
      return Optional.empty();
    }
    return Optional.of(new SegmentPreparer.Prepared(ready, size));
  }

  /// The findings of recovery when the journal was opened.
  public RecoveryReport recovery() {
    return recovery;
  }

  @Override
  public void append(Fact fact, AppendCallback callback) {
    Bytes frame = FactCodec.encode(fact, Frame.HEAD_BYTES);
    Pending pending = new Pending(frame, fact.isBulk(), callback);
    refusal(pending)
        .or(() -> intake.offer(pending))
        .ifPresent(reason -> callback.done(new Appended.Refused(reason)));
  }

  private Optional<Reason> refusal(Pending pending) {
    long mostBytes = settings.segmentBytes() - Segment.HEADER_BYTES - Frame.SEAL_BYTES;
    if (pending.paddedLength() > Math.min(mostBytes, Frame.MAX_BYTES)) {
      return Optional.of(Reason.TOO_LARGE);
    }
    return isFull() ? Optional.of(Reason.FULL) : Optional.empty();
  }

  private boolean isFull() {
    return preparer.isStarved() || writer.blockedBy().isPresent();
  }

  @Override
  public Batch read(long from, int maxRecords, int maxBytes) {
    return reader.read(from, maxRecords, maxBytes);
  }

  @Override
  public Entry readAt(long position) {
    return reader.readAt(position);
  }

  @Override
  public List<Entry> readAll(SortedSet<Long> positions, int maxBytes) {
    return reader.readAll(positions, maxBytes);
  }

  @Override
  public long back(long bytes) {
    return reader.recordAtOrAfter(Math.max(0, tail.position() - bytes));
  }

  @Override
  public long tail() {
    return tail.position();
  }

  @Override
  public long head() {
    return segments.head(tail.position());
  }

  @Override
  public boolean awaitBeyond(long position, Duration limit) throws InterruptedException {
    return tail.awaitBeyond(position, limit);
  }

  @Override
  public boolean awaitInteractive(long position, Duration limit) throws InterruptedException {
    return interactiveTail.awaitBeyond(position, limit);
  }

  @Override
  public long retain(long neededFrom, Instant now) {
    long freed = retention.run(neededFrom, now);
    if (freed > 0) {
      preparer.retryNow();
    }
    return freed;
  }

  @Override
  public long dueForDeletion(Instant now) {
    return retention.due(now);
  }

  @Override
  public JournalState state() {
    Optional<String> trouble = writer.poisonedBy().or(writer::blockedBy).or(preparer::trouble);
    return new JournalState(
        condition(),
        trouble,
        segments.bytesUsed() + preparer.bytesUsed(),
        settings.capBytes(),
        intake.waitingBytes(),
        preparer.bytesFree());
  }

  private Condition condition() {
    if (isClosed) {
      return Condition.CLOSED;
    }
    if (writer.poisonedBy().isPresent()) {
      return Condition.POISONED;
    }
    return isFull() ? Condition.FULL : Condition.WRITABLE;
  }

  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    writer.close();
    preparer.close();
    tail.close();
    interactiveTail.close();
    try {
      lock.close();
    } catch (IOException e) {
      throw new JournalException(JournalException.Kind.IO, "cannot unlock the journal", e);
    }
  }
}
