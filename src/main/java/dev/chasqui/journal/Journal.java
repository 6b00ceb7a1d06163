package dev.chasqui.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/// The append-only log of facts: the truth, and the raw bytes. Positions are opaque, positive and
/// grow in the order in which facts became durable; position 0 is before everything.
///
/// Appends are group-committed, bulk ones in larger groups: a callback is told [Appended.Durable]
/// only after the record is on disk (fsync), so what was told durable survives `kill -9` and a
/// power cut. Reads never block appends. Safe for use by many threads.
public interface Journal extends AutoCloseable {

  /// Appends a fact. Returns at once; the callback is called exactly once, on the journal's own
  /// writer thread (or on the caller's, if nothing was queued), and must not block.
  void append(Fact fact, AppendCallback callback);

  /// Reads durable facts in order, beginning at a position that an earlier batch or entry gave, or
  /// at 0 for the oldest kept. Returns at most the given number of records, and stops after the
  /// record with which `maxBytes` is passed; an empty batch means that the tail is reached.
  ///
  /// Damaged stretches are skipped and told in [Batch#damages()]. A position that retention has
  /// already deleted reads from the oldest kept record.
  ///
  /// @throws JournalException if the disk cannot be read
  Batch read(long from, int maxRecords, int maxBytes);

  /// Reads the one record at a position.
  ///
  /// @throws JournalException with [JournalException.Kind#GONE] if retention has deleted it, with
  ///   [JournalException.Kind#DAMAGED] if its bytes are not what was written
  Entry readAt(long position);

  /// Reads the records at many positions, neighbours together, until about `maxBytes` are read.
  /// What is deleted or damaged is left out, and so is what there was no room for.
  ///
  /// @return the records, in order of position
  /// @throws JournalException if the disk cannot be read
  List<Entry> readAll(SortedSet<Long> positions, int maxBytes);

  /// The position after the last durable record: where the next one will stand or before it.
  long tail();

  /// The position of the oldest kept record, or the tail if there is none.
  long head();

  /// Where to begin reading so that about the last `bytes` of the journal are read: the position of
  /// a record at or after `tail() - bytes`, or the head if the journal is shorter.
  long back(long bytes);

  /// Waits until the tail has passed a position.
  ///
  /// @return false if the limit passed first or the journal was closed
  boolean awaitBeyond(long position, Duration limit) throws InterruptedException;

  /// Waits until an interactive fact (not [Fact#isBulk()]) stands at a position or after it.
  ///
  /// @return false if the limit passed first or the journal was closed
  boolean awaitInteractive(long position, Duration limit) throws InterruptedException;

  /// Deletes what is older or larger than the settings say, but nothing at or after `neededFrom`.
  ///
  /// @return how many bytes were freed
  long retain(long neededFrom, Instant now);

  /// The position up to which [#retain] would delete now if no record were needed; 0 if nothing is
  /// old or large enough.
  long dueForDeletion(Instant now);

  /// How it is, for readiness, metrics and alerts.
  JournalState state();

  /// Completes waiting appends, writes what is pending and closes. Later appends are refused.
  @Override
  void close();

  /// Told what became of an append.
  @FunctionalInterface
  interface AppendCallback {
    /// Must return quickly and never throw.
    void done(Appended result);
  }

  /// The result of an append, reported once its bytes are on disk or it was refused.
  sealed interface Appended {

    /// On disk.
    record Durable(long position) implements Appended {}

    /// Not stored, and nothing of it will appear later, except that a record whose fsync failed may
    /// be found again after a restart: its sender was told 503 and will repeat it.
    record Refused(Reason reason) implements Appended {}
  }

  /// Why an append was refused.
  enum Reason {
    /// The reserve of disk space or the journal's cap is reached; appends go on when there is room.
    FULL,
    /// Too many bytes wait to be written.
    OVERLOADED,
    /// A write or fsync failed; no further append is acknowledged until a restart.
    POISONED,
    /// The journal is closed.
    CLOSED,
    /// The record is larger than a segment can hold.
    TOO_LARGE
  }

  /// A run of records.
  ///
  /// @param entries in order of position
  /// @param next where to read on
  record Batch(List<Entry> entries, long next, List<Damage> damages) {
    public Batch {
      entries = List.copyOf(entries);
      damages = List.copyOf(damages);
    }
  }

  /// A record.
  ///
  /// @param position where it stands; what rows refer to
  /// @param next the position after it
  record Entry(long position, long next, Fact fact) {}

  /// A stretch of the journal whose bytes are not what was written.
  record Damage(long from, long to, String what) {}
}
