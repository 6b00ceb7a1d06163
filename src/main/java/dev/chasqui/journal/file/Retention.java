package dev.chasqui.journal.file;

import dev.chasqui.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Deletes whole segments from the oldest on: those last written longer ago than the settings keep,
/// and those that make the journal larger than its cap allows; never one that holds anything still
/// needed, and never the last.
final class Retention {

  private final Segments segments;
  private final Disk disk;
  private final Path directory;
  private final JournalSettings settings;

  Retention(Path directory, Disk disk, Segments segments, JournalSettings settings) {
    this.directory = directory;
    this.segments = segments;
    this.disk = disk;
    this.settings = settings;
  }

  /// @return how many bytes were freed
  synchronized long run(long neededFrom, Instant now) {
    long before = segments.bytesUsed();
    List<Segment> all = segments.all();
    try {
      for (Segment segment : all.subList(0, Math.max(0, all.size() - 1))) {
        if (segment.end() > neededFrom || !isDue(segment, segments.bytesUsed(), now)) {
          break;
        }
        segments.delete(segment);
      }
      long freed = before - segments.bytesUsed();
      if (freed > 0) {
        disk.syncDirectory(directory);
      }
      return freed;
    } catch (IOException e) {
      throw new JournalException(
          JournalException.Kind.IO, "cannot delete old segments of the journal", e);
    }
  }

  /// The end of the last segment that [#run] would delete if nothing were needed, 0 if none.
  synchronized long due(Instant now) {
    List<Segment> all = segments.all();
    long left = segments.bytesUsed();
    long end = 0;
    try {
      for (Segment segment : all.subList(0, Math.max(0, all.size() - 1))) {
        if (!isDue(segment, left, now)) {
          break;
        }
        left -= segment.end() - segment.base();
        end = segment.end();
      }
      return end;
    } catch (IOException e) {
      throw new JournalException(
          JournalException.Kind.IO, "cannot look at old segments of the journal", e);
    }
  }

  private boolean isDue(Segment segment, long bytesUsed, Instant now) throws IOException {
    return bytesUsed > settings.sizeLimitBytes()
        || lastWritten(segment).plus(settings.retention()).isBefore(now);
  }

  private static Instant lastWritten(Segment segment) throws IOException {
    try {
      return Files.getLastModifiedTime(segment.path()).toInstant();
    } catch (NoSuchFileException _) {
      // It is gone already; what is left is to forget it.
      return Instant.EPOCH;
    }
  }
}
