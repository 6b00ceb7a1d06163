package dev.chasqui.journal.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// How a record stands in a segment: 4 bytes of length (these and the checksum included, padding
/// not), 4 bytes of CRC32C, the record as [dev.chasqui.journal.FactCodec] writes it, and zeros up
/// to the next multiple of 8.
///
/// The checksum covers the record's position too. So the bytes of an earlier use of the disk, or of
/// a block that was written to the wrong place, never pass for a record; that is what makes it safe
/// to search for the next good record behind a bad one.
final class Frame {

  static final int HEAD_BYTES = 8;

  /// The head and the first four bytes of a record.
  static final int MIN_BYTES = HEAD_BYTES + 4;

  /// The longest record. It bounds what a garbled length can make a reader load.
  static final int MAX_BYTES = 16 << 20;

  static final int ALIGNMENT = 8;

  /// The kind of the frame that closes a segment; kinds of facts are smaller.
  static final byte SEAL_KIND = 0x7F;

  /// Bytes of a seal with its padding; every segment keeps them free at its end.
  static final int SEAL_BYTES = 16;

  private static final int SEAL_LENGTH = MIN_BYTES;
  private static final byte SEAL_VERSION = 1;
  private static final int KIND_OFFSET = HEAD_BYTES;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Frame() {}

  static long align(long position) {
    return (position + ALIGNMENT - 1) & -ALIGNMENT;
  }

  static int align(int length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  static int lengthAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  /// Fills in the head of a record that was encoded with headroom for it.
  static void finish(byte[] bytes, int length, long position) {
    INT.set(bytes, 0, length);
    INT.set(bytes, 4, crc(bytes, 0, length, position));
  }

  /// Whether a frame of the given length at the given place of the array is what was written at
  /// that position.
  static boolean isIntact(byte[] bytes, int at, int length, long position) {
    return (int) INT.get(bytes, at + 4) == crc(bytes, at, length, position);
  }

  /// The frame that closes a segment: what follows it stands in the next one.
  static byte[] seal(long position) {
    byte[] bytes = new byte[SEAL_BYTES];
    bytes[KIND_OFFSET] = SEAL_KIND;
    bytes[KIND_OFFSET + 1] = SEAL_VERSION;
    finish(bytes, SEAL_LENGTH, position);
    return bytes;
  }

  static boolean isSeal(byte[] bytes, int at) {
    return bytes[at + KIND_OFFSET] == SEAL_KIND;
  }

  private static int crc(byte[] bytes, int at, int length, long position) {
    CRC32C crc = new CRC32C();
    update(crc, position, Long.SIZE);
    update(crc, length, Integer.SIZE);
    crc.update(bytes, at + HEAD_BYTES, length - HEAD_BYTES);
    return (int) crc.getValue();
  }

  /// Takes in a number's lowest bits, big-endian.
  private static void update(CRC32C crc, long number, int bits) {
    for (int shift = bits - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      crc.update((int) (number >>> shift));
    }
  }
}
