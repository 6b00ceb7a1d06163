package dev.chasqui.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Files that are written past the page cache (`O_DIRECT`). Buffers, offsets and lengths must be
/// multiples of the file system's block there.
final class DirectIo {

  private static final int MAX_BLOCK_BYTES = 64 << 10;

  /// `com.sun.nio.file.ExtendedOpenOption.DIRECT`, which the compiler warns of when it is named.
  private static final Optional<OpenOption> DIRECT = directOption();

  private DirectIo() {}

  /// Opens a file past the page cache; empty if the file system refuses that.
  static Optional<FileChannel> open(Path path, OpenOption... options) {
    if (DIRECT.isEmpty()) {
      return Optional.empty();
    }
    Set<OpenOption> all =
        Stream.concat(Stream.of(options), DIRECT.stream()).collect(Collectors.toSet());
    try {
      return Optional.of(FileChannel.open(path, all));
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.empty();
    }
  }

  /// The block of the file system in which a file lies or would lie; the size of a page where it
  /// tells none that is of use.
  static int blockBytes(Path path) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    long block = Files.getFileStore(directory == null ? path : directory).getBlockSize();
    return block > 0 && block <= MAX_BLOCK_BYTES ? (int) block : Segment.PAGE_BYTES;
  }

  /// A buffer that begins at a multiple of the block.
  static ByteBuffer buffer(int bytes, int blockBytes) {
    return ByteBuffer.allocateDirect(bytes + blockBytes).alignedSlice(blockBytes).slice(0, bytes);
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
