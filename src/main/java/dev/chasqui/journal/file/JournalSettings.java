package dev.chasqui.journal.file;

import java.time.Duration;

/// How a file journal uses its disk and memory.
///
/// @param segmentBytes size of a segment file; a multiple of 4096
/// @param capBytes the most it may use on disk
/// @param reserveBytes free disk space that it leaves to others
/// @param maxWaitingBytes the most bytes of appends that may wait to be written
/// @param pacing how often it commits
/// @param retention how long a segment is kept after its last write
public record JournalSettings(
    long segmentBytes,
    long capBytes,
    long reserveBytes,
    long maxWaitingBytes,
    Pacing pacing,
    Duration retention) {

  /// Values for a small server.
  public static final JournalSettings DEFAULTS =
      new JournalSettings(
          64L << 20, 20L << 30, 512L << 20, 64L << 20, Pacing.NONE, Duration.ofDays(30));

  /// The smallest segment: a header and room for a few records.
  static final long MIN_SEGMENT_BYTES = 16L << 10;

  /// The largest segment; offsets in it stay small.
  static final long MAX_SEGMENT_BYTES = 1L << 30;

  public JournalSettings {
    require(segmentBytes % Segment.HEADER_BYTES == 0, "segmentBytes must be a multiple of 4096");
    require(
        segmentBytes >= MIN_SEGMENT_BYTES && segmentBytes <= MAX_SEGMENT_BYTES,
        "segmentBytes must be from 16 KiB to 1 GiB");
    require(capBytes >= 3 * segmentBytes, "capBytes must be at least three segments");
    require(reserveBytes >= 0, "reserveBytes must not be negative");
    require(maxWaitingBytes > 0, "maxWaitingBytes must be positive");
    require(retention.isPositive(), "retention must be positive");
  }

  /// How long the writer waits after a commit for more to share the next.
  ///
  /// @param busyMaxDelay how long a busy journal waits between two writes; zero is best unless a
  ///   whole pipeline shares its cores
  /// @param bulkMaxDelay how long the journal waits while all that waits is bulk
  public record Pacing(Duration busyMaxDelay, Duration bulkMaxDelay) {

    /// Commits what is there at once.
    public static final Pacing NONE = new Pacing(Duration.ZERO, Duration.ZERO);

    public Pacing {
      require(!busyMaxDelay.isNegative(), "busyMaxDelay must not be negative");
      require(!bulkMaxDelay.isNegative(), "bulkMaxDelay must not be negative");
    }
  }

  /// Above this size retention deletes what is not needed: it leaves room for the segment being
  /// written and the one being prepared.
  long sizeLimitBytes() {
    return capBytes - 2 * segmentBytes;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }
}
