package dev.chasqui.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Makes a file of zeros past the page cache (O_DIRECT), a step at a time with pauses, so that the
/// fsyncs of the segment being written do not have to wait behind it. Zeroing through the page
/// cache made the 99th percentile of an append ten times as long. Where the file system refuses
/// O_DIRECT, each step is synced by itself, which keeps what an fsync has to wait for small.
final class ZeroFill {

  private static final int STEP_BYTES = 1 << 20;

  private final Path path;
  private final long size;
  private final Disk.Rest rest;

  ZeroFill(Path path, long size, Disk.Rest rest) {
    this.path = path;
    this.size = size;
    this.rest = rest;
  }

  void run() throws IOException {
    makePrivate();
    Optional<FileChannel> direct = openDirect();
    if (direct.isPresent()) {
      try (FileChannel channel = direct.get()) {
        fill(channel, false);
      }
      return;
    }
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(path, options)) {
      fill(channel, true);
    }
  }

  /// A segment holds what people wrote to each other.
  private void makePrivate() throws IOException {
    Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
    if (!Files.exists(path) && Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  private void fill(FileChannel channel, boolean syncSteps) throws IOException {
    ByteBuffer zeros = DirectIo.buffer(STEP_BYTES);
    for (long at = 0; at < size; at += zeros.limit()) {
      long began = System.nanoTime();
      zeros.clear().limit((int) Math.min(zeros.capacity(), size - at));
      write(channel, zeros, at);
      if (syncSteps) {
        channel.force(false);
      }
      rest.after(System.nanoTime() - began);
    }
    channel.force(true);
  }

  private static void write(FileChannel channel, ByteBuffer zeros, long offset) throws IOException {
    long at = offset;
    while (zeros.hasRemaining()) {
      at += channel.write(zeros, at);
    }
  }

  private Optional<FileChannel> openDirect() throws IOException {
    // Each step but the last is a power of two; the last one ends at the size.
    long unit = Math.min(size & -size, STEP_BYTES);
    return DirectIo.open(path, unit, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
