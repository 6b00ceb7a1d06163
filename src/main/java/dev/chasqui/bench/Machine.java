package dev.chasqui.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads the kernel's counts for the whole machine. Linux only.
final class Machine {

  private static final Path BLOCK_DEVICES = Path.of("/sys/block");
  private static final Pattern NOT_A_DISK = Pattern.compile("(loop|ram|zram|dm-|md|sr).*");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int SECTORS_WRITTEN = 6;
  private static final int SECTOR_BYTES = 512;

  private Machine() {}

  /// Bytes that all processes have written to all disks since the machine started.
  static long diskBytesWritten() {
    long bytes = 0;
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(BLOCK_DEVICES)) {
      for (Path device : devices) {
        if (!NOT_A_DISK.matcher(device.getFileName().toString()).matches()) {
          String[] counts = BLANKS.split(Files.readString(device.resolve("stat")).strip(), -1);
          bytes += Long.parseLong(counts[SECTORS_WRITTEN]) * SECTOR_BYTES;
        }
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One line about the machine.
  static String describe() {
    return String.format(
        Locale.ROOT,
        "%d processors, %s %s, %s",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"));
  }
}
