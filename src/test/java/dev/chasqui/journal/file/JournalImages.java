package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.journal.Facts;
import dev.chasqui.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Journal directories as tests make, copy and read them.
final class JournalImages {

  static final int SEGMENT_BYTES = 32 << 10;
  static final JournalSettings SMALL = settings(1L << 30);

  private static final int ANY = 1 << 20;
  private static final long LIMIT_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long STEP_NANOS = Duration.ofMillis(2).toNanos();

  private JournalImages() {}

  static JournalSettings settings(long capBytes) {
    return new JournalSettings(
        SEGMENT_BYTES, capBytes, 0, 8 << 20, JournalSettings.Pacing.NONE, Duration.ofDays(30));
  }

  static FileJournal open(Path directory) {
    return FileJournal.open(directory, SMALL, 0);
  }

  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  static List<Path> segments(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> Segment.baseOf(file).isPresent()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Journal.Entry> entries(Journal journal) {
    List<Journal.Entry> entries = new ArrayList<>();
    Journal.Batch batch = journal.read(0, ANY, ANY);
    while (!batch.entries().isEmpty()) {
      entries.addAll(batch.entries());
      batch = journal.read(batch.next(), ANY, ANY);
    }
    return entries;
  }

  static List<Long> numbers(Journal journal) {
    return entries(journal).stream().map(entry -> Facts.number(entry.fact())).toList();
  }

  /// Waits until something holds.
  static void await(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for: " + what).isLessThan(end);
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
