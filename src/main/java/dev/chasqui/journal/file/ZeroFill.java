package dev.chasqui.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/// Makes a file of zeros past the page cache (O_DIRECT), a step at a time with pauses, so that the
/// fsyncs of the segment being written do not have to wait behind it. Zeroing through the page
/// cache made the 99th percentile of an append ten times as long. Where the file system refuses
/// O_DIRECT, each step is synced by itself, which keeps what an fsync has to wait for small.
final class ZeroFill {

  private static final int STEP_BYTES = 1 << 20;
  private static final int MAX_BLOCK_BYTES = 64 << 10;

  /// `com.sun.nio.file.ExtendedOpenOption.DIRECT`, which the compiler warns of when it is named.
  private static final Optional<OpenOption> DIRECT = directOption();

  private final Path path;
  private final long size;
  private final Disk.Rest rest;

  ZeroFill(Path path, long size, Disk.Rest rest) {
    this.path = path;
    this.size = size;
    this.rest = rest;
  }

  void run() throws IOException {
    Optional<FileChannel> direct = openDirect();
    if (direct.isPresent()) {
      try (FileChannel channel = direct.get()) {
        fill(channel, false);
      }
      return;
    }
    try (FileChannel channel = FileChannel.open(path, options())) {
      fill(channel, true);
    }
  }

  private void fill(FileChannel channel, boolean syncSteps) throws IOException {
    ByteBuffer zeros = alignedZeros();
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
    if (DIRECT.isEmpty() || size % blockBytes() != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          FileChannel.open(
              path, Set.of(DIRECT.get(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)));
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.empty();
    }
  }

  private static Set<OpenOption> options() {
    return Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private ByteBuffer alignedZeros() throws IOException {
    int block = (int) blockBytes();
    return ByteBuffer.allocateDirect(STEP_BYTES + block).alignedSlice(block).slice(0, STEP_BYTES);
  }

  private long blockBytes() throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    long block = Files.getFileStore(directory == null ? path : directory).getBlockSize();
    return block > 0 && block <= MAX_BLOCK_BYTES ? block : Segment.HEADER_BYTES;
  }

  private static Optional<OpenOption> directOption() {
    try {
      for (Object option :
          Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
        if (option instanceof OpenOption direct && option.toString().equals("DIRECT")) {
          return Optional.of(direct);
        }
      }
      return Optional.empty();
    } catch (ClassNotFoundException _) {
      return Optional.empty();
    }
  }
}
