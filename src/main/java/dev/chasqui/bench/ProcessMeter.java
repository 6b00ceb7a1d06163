package dev.chasqui.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Reads the kernel's counts for one process. Linux only.
final class ProcessMeter {

  /// Linux shows times to programs in hundredths of a second on every architecture.
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final double IDLE_SHARE = 0.04;
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Path folder;

  ProcessMeter(long pid) {
    this.folder = Path.of("/proc", Long.toString(pid));
  }

  /// Processor time so far.
  Duration cpu() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    return Duration.ofNanos(ticks * NANOS_PER_TICK);
  }

  /// Memory in use, as the kernel sees it.
  long residentBytes() {
    return read("status")
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow()
        * 1_024;
  }

  /// Waits until the process does next to nothing.
  ///
  /// @return false if it still worked when the limit passed
  boolean awaitIdle(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      Duration before = cpu();
      TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
      if (cpu().minus(before).toNanos() < INTERVAL.toNanos() * IDLE_SHARE) {
        return true;
      }
    }
    return false;
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
