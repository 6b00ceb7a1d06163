package dev.chasqui.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// A run of raw bytes: a view on an array that is not changed any more. Bodies pass in this form
/// from the socket to the signature, the journal and the receiver, without being decoded on the
/// way.
public final class Bytes {

  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /// A view on the whole array, which the caller gives up.
  public static Bytes of(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  /// A view on a part of the array, which the caller gives up.
  ///
  /// @throws IndexOutOfBoundsException if the part is not inside the array
  public static Bytes of(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    return new Bytes(array, offset, length);
  }

  /// The text's UTF-8 bytes.
  public static Bytes utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The array under the view; never written to by a reader.
  public byte[] array() {
    return array;
  }

  /// Where the view begins in [#array()].
  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /// The byte at an index from 0.
  public byte at(int index) {
    return array[offset + Objects.checkIndex(index, length)];
  }

  /// A view on a part of this.
  public Bytes slice(int from, int size) {
    Objects.checkFromIndexSize(from, size, length);
    return new Bytes(array, offset + from, size);
  }

  /// A copy as an array of its own.
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /// A read-only buffer over the bytes.
  public ByteBuffer toBuffer() {
    return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
  }

  /// The bytes read as UTF-8, for people and for JSON texts; never for a signature.
  public String toUtf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return length + " bytes";
  }
}
