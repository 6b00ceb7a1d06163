package dev.chasqui.model;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/// A ULID: 48 bits of Unix milliseconds and 80 bits of randomness, ordered by time
/// (https://github.com/ulid/spec). Written in lower-case Crockford base 32, 26 characters, as the
/// ids of seed 003 are.
///
/// @param high the time and the first 16 random bits
/// @param low the last 64 random bits
public record Ulid(long high, long low) implements Comparable<Ulid> {

  /// Bytes of the binary form, most significant first.
  public static final int BYTES = 16;

  private static final Instant LAST = Instant.ofEpochMilli((1L << 48) - 1);
  private static final int CHARS = 26;
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final byte[] VALUES = values();

  /// The ULID of a time and 80 bits of randomness.
  ///
  /// @param randomHigh its low 16 bits are used
  /// @throws IllegalArgumentException if the time is before 1970 or after the year 10889
  public static Ulid of(Instant time, long randomHigh, long randomLow) {
    long millis = time.toEpochMilli();
    if (millis < 0 || millis >>> 48 != 0) {
      throw new IllegalArgumentException("time outside the ULID's range: " + time);
    }
    return new Ulid(millis << 16 | (randomHigh & 0xFFFF), randomLow);
  }

  /// The smallest ULID of a time: a bound for range queries.
  public static Ulid first(Instant time) {
    // A bound of a search may be of any year; nothing is older than 1970 or newer than the last.
    if (time.isBefore(Instant.EPOCH)) {
      return new Ulid(0, 0);
    }
    return time.isAfter(LAST) ? new Ulid(-1, -1) : of(time, 0, 0);
  }

  /// @throws IllegalArgumentException if the text is no ULID
  public static Ulid parse(String text) {
    if (text.length() != CHARS || VALUES[text.charAt(0) & 0x7F] > 7) {
      throw new IllegalArgumentException("not a ULID: " + text.length() + " characters");
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < CHARS; i++) {
      char c = text.charAt(i);
      byte value = c < 128 ? VALUES[c] : -1;
      if (value < 0) {
        throw new IllegalArgumentException("not a ULID: bad character at " + i);
      }
      high = high << 5 | low >>> 59;
      low = low << 5 | value;
    }
    return new Ulid(high, low);
  }

  /// @throws IllegalArgumentException unless there are exactly 16 bytes
  public static Ulid fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a ULID has 16 bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Ulid(buffer.getLong(), buffer.getLong());
  }

  /// The 16-byte binary form, which sorts as the ULID does.
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /// The time in it, to the millisecond.
  public Instant time() {
    return Instant.ofEpochMilli(high >>> 16);
  }

  @Override
  public int compareTo(Ulid other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    char[] chars = new char[CHARS];
    long h = high;
    long l = low;
    for (int i = CHARS - 1; i >= 0; i--) {
      chars[i] = ALPHABET.charAt((int) (l & 31));
      l = l >>> 5 | h << 59;
      h >>>= 5;
    }
    return new String(chars);
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
      values[Character.toUpperCase(ALPHABET.charAt(i))] = (byte) i;
    }
    return values;
  }
}
