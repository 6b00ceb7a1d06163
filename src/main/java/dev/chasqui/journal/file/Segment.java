package dev.chasqui.journal.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// One file of the journal: a run of positions. Its name is the base, so that a byte at a position
/// stands at `position - base` in the file.
///
/// The first 4096 bytes are the header: 8 bytes of magic, 4 of format version, 8 of base, 8 of
/// size, and the CRC32C of these. Nothing depends on it but the check of the version and, if the
/// file was cut short, where the next segment may begin.
///
/// @param base its first position
/// @param end the position after it
record Segment(long base, long end, Path path) {

  /// What is written at once is a multiple of this; so are the sizes of segments.
  static final int PAGE_BYTES = 4096;

  /// Before the first record of each segment.
  static final int HEADER_BYTES = PAGE_BYTES;

  static final int FORMAT_VERSION = 1;

  private static final long MAGIC =
      ByteBuffer.wrap("chasquiJ".getBytes(StandardCharsets.US_ASCII)).getLong();
  private static final int CHECKED_BYTES = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;
  private static final Pattern NAME = Pattern.compile("(\\d{20})\\.journal");

  Segment {
    if (base < 0 || end <= base) {
      throw new IllegalArgumentException("a segment from " + base + " to " + end);
    }
  }

  /// Where its first record stands.
  long first() {
    return base + HEADER_BYTES;
  }

  static String fileName(long base) {
    return String.format(Locale.ROOT, "%020d.journal", base);
  }

  /// The base that a file's name tells; empty if it is no segment's name.
  static Optional<Long> baseOf(Path path) {
    Matcher matcher = NAME.matcher(String.valueOf(path.getFileName()));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(matcher.group(1)));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// The header block of a segment.
  static ByteBuffer header(long base, long size, int version) {
    ByteBuffer block = ByteBuffer.allocate(HEADER_BYTES);
    block.putLong(MAGIC).putInt(version).putLong(base).putLong(size);
    block.putInt(crc(block));
    return block.rewind();
  }

  /// Reads a header block; empty if it is damaged.
  static Optional<Header> readHeader(ByteBuffer block) {
    if (block.limit() < CHECKED_BYTES + Integer.BYTES
        || block.getLong(0) != MAGIC
        || block.getInt(CHECKED_BYTES) != crc(block)) {
      return Optional.empty();
    }
    return Optional.of(
        new Header(
            block.getInt(Long.BYTES),
            block.getLong(Long.BYTES + Integer.BYTES),
            block.getLong(2 * Long.BYTES + Integer.BYTES)));
  }

  private static int crc(ByteBuffer block) {
    CRC32C crc = new CRC32C();
    crc.update(block.slice(0, CHECKED_BYTES));
    return (int) crc.getValue();
  }

  record Header(int version, long base, long size) {}
}
