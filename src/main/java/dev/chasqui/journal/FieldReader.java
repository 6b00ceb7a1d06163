package dev.chasqui.journal;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.RecentTexts;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads what [FieldWriter] wrote. Every fault of the bytes is a [JournalException] of kind
/// [JournalException.Kind#DAMAGED]; nothing is allocated by a length or count that the bytes only
/// claim.
final class FieldReader {

  private final Bytes bytes;
  private int at;

  FieldReader(Bytes bytes) {
    this.bytes = bytes;
  }

  int readByte() {
    require(1);
    return bytes.at(at++) & 0xFF;
  }

  int readShort() {
    require(Short.BYTES);
    return readByte() << 8 | readByte();
  }

  long readLong() {
    require(Long.BYTES);
    long value = ByteBuffer.wrap(bytes.array()).getLong(bytes.offset() + at);
    at += Long.BYTES;
    return value;
  }

  int readVarint() {
    int value = 0;
    for (int shift = 0; shift < 7 * FieldWriter.MAX_VARINT_BYTES; shift += 7) {
      int part = readByte();
      value |= (part & 0x7F) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw malformed("a number is too long");
  }

  /// A count of things of at least one byte each.
  int readCount() {
    int count = readVarint();
    require(count);
    return count;
  }

  String readText() {
    return text(readVarint());
  }

  @Nullable String readNullableText() {
    int lengthPlusOne = readVarint();
    return lengthPlusOne == 0 ? null : text(lengthPlusOne - 1);
  }

  private String text(int length) {
    Bytes part = take(length);
    return RecentTexts.decode(part.array(), part.offset(), part.offset() + length);
  }

  /// A view on the bytes under the reader; nothing is copied.
  Bytes readBytes() {
    return take(readVarint());
  }

  void requireEnd() {
    if (at != bytes.length()) {
      throw malformed((bytes.length() - at) + " bytes too many");
    }
  }

  private Bytes take(int count) {
    require(count);
    Bytes part = bytes.slice(at, count);
    at += count;
    return part;
  }

  private void require(int count) {
    if (count < 0 || count > bytes.length() - at) {
      throw malformed("ends early, at byte " + at);
    }
  }

  private static JournalException malformed(String why) {
    return new JournalException(JournalException.Kind.DAMAGED, "not a fact: " + why);
  }
}
