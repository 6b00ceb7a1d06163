package dev.chasqui.journal;

import dev.chasqui.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes fields one after the other into an array that grows. Numbers of fixed width are
/// big-endian, lengths and counts are unsigned LEB128, texts are UTF-8 behind their length.
final class FieldWriter {

  /// The most bytes a 32-bit number takes as LEB128.
  static final int MAX_VARINT_BYTES = 5;

  private static final char MAX_ASCII = 0x7F;

  private byte[] array;
  private int length;

  /// @param headroom zero bytes left free at the front
  /// @param expected how many bytes are expected behind them
  FieldWriter(int headroom, int expected) {
    array = new byte[headroom + expected];
    length = headroom;
  }

  void putByte(int value) {
    room(1);
    array[length++] = (byte) value;
  }

  void putShort(int value) {
    room(Short.BYTES);
    ByteBuffer.wrap(array).putShort(length, (short) value);
    length += Short.BYTES;
  }

  void putLong(long value) {
    room(Long.BYTES);
    ByteBuffer.wrap(array).putLong(length, value);
    length += Long.BYTES;
  }

  void putVarint(int value) {
    room(MAX_VARINT_BYTES);
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      array[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[length++] = (byte) rest;
  }

  void putText(String text) {
    putBehindLength(text, 0);
  }

  /// Null is told from empty by a length that is one too great.
  void putNullableText(@Nullable String text) {
    if (text == null) {
      putVarint(0);
      return;
    }
    putBehindLength(text, 1);
  }

  void putBytes(Bytes bytes) {
    putVarint(bytes.length());
    putRaw(bytes.array(), bytes.offset(), bytes.length());
  }

  /// What was written, headroom included; the writer is given up with it.
  Bytes finish() {
    return Bytes.of(array, 0, length);
  }

  /// @param tooMuch by how much the length is told too great
  private void putBehindLength(String text, int tooMuch) {
    if (isAscii(text)) {
      putVarint(text.length() + tooMuch);
      putAscii(text);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putVarint(utf8.length + tooMuch);
    putRaw(utf8, 0, utf8.length);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > MAX_ASCII) {
        return false;
      }
    }
    return true;
  }

  /// Nearly all texts are headers: they are written without an array between.
  @SuppressWarnings("deprecation") // bytes of ASCII need no encoder
  private void putAscii(String text) {
    room(text.length());
    text.getBytes(0, text.length(), array, length);
    length += text.length();
  }

  private void putRaw(byte[] bytes, int offset, int count) {
    room(count);
    System.arraycopy(bytes, offset, array, length, count);
    length += count;
  }

  private void room(int count) {
    int needed = Math.addExact(length, count);
    if (needed > array.length) {
      array = Arrays.copyOf(array, Math.max(needed, array.length + (array.length >> 1)));
    }
  }
}
