package dev.chasqui.model;

/// The id of an alert, written `alr_` and the ULID.
public record AlertId(Ulid ulid) implements Comparable<AlertId> {

  private static final String PREFIX = "alr_";

  /// @throws IllegalArgumentException if the text is not this kind of id
  public static AlertId parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("an id of an alert begins with " + PREFIX);
    }
    return new AlertId(Ulid.parse(text.substring(PREFIX.length())));
  }

  /// @throws IllegalArgumentException unless there are exactly 16 bytes
  public static AlertId fromBytes(byte[] bytes) {
    return new AlertId(Ulid.fromBytes(bytes));
  }

  /// The 16-byte binary form.
  public byte[] toBytes() {
    return ulid.toBytes();
  }

  @Override
  public int compareTo(AlertId other) {
    return ulid.compareTo(other.ulid);
  }

  @Override
  public String toString() {
    return PREFIX + ulid;
  }
}
