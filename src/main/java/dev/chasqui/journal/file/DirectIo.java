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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Files that are written past the page cache (`O_DIRECT`). Buffers, offsets and lengths must be
/// multiples of the file system's block there, which network file systems tell as a megabyte.
final class DirectIo {

  /// Buffers begin at multiples of this; a larger block is not served.
  private static final int MOST_BLOCK_BYTES = 64 << 10;

  /// `com.sun.nio.file.ExtendedOpenOption.DIRECT`, which the compiler warns of when it is named.
  private static final Optional<OpenOption> DIRECT = directOption();

  private DirectIo() {}

  /// Opens a file past the page cache; empty if the file system does not take that.
  ///
  /// @param unit all lengths and offsets will be multiples of it
  static Optional<FileChannel> open(Path path, long unit, OpenOption... options)
      throws IOException {
    long block = blockBytes(path);
    if (DIRECT.isEmpty() || block <= 0 || block > MOST_BLOCK_BYTES || unit % block != 0) {
      return Optional.empty();
    }
    Set<OpenOption> all =
        Stream.concat(Stream.of(options), DIRECT.stream()).collect(Collectors.toSet());
    try {
      return Optional.of(FileChannel.open(path, all));
    } catch (IOException | UnsupportedOperationException _) {
      // The file system does not take it; the caller opens the file in the usual way, and what is
      // wrong with the file itself is told there.
      return Optional.empty();
    }
  }

  /// Opens an existing file that is read and written in whole pages; empty if the file system does
  /// not take that, which some say only when it is tried.
  static Optional<FileChannel> openPages(Path path) throws IOException {
    Optional<FileChannel> opened =
        open(path, Segment.PAGE_BYTES, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (opened.isPresent() && !readsAPage(opened.get())) {
      opened.get().close();
      return Optional.empty();
    }
    return opened;
  }

  private static boolean readsAPage(FileChannel channel) {
    try {
      var _ = channel.read(buffer(Segment.PAGE_BYTES), 0);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// A buffer that direct reads and writes take.
  static ByteBuffer buffer(int bytes) {
    // An aligned slice is cut at both ends.
    return ByteBuffer.allocateDirect(bytes + 2 * MOST_BLOCK_BYTES)
        .alignedSlice(MOST_BLOCK_BYTES)
        .slice(0, bytes);
  }

  private static long blockBytes(Path path) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    return Files.getFileStore(directory == null ? path : directory).getBlockSize();
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
