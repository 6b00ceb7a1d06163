package dev.chasqui.model;

/// The id of a replay, written `rpl_` and the ULID.
public record ReplayId(Ulid ulid) implements Comparable<ReplayId> {

  private static final String PREFIX = "rpl_";

  /// @throws IllegalArgumentException if the text is not this kind of id
  public static ReplayId parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("an id of a replay begins with " + PREFIX);
    }
    return new ReplayId(Ulid.parse(text.substring(PREFIX.length())));
  }

  /// @throws IllegalArgumentException unless there are exactly 16 bytes
  public static ReplayId fromBytes(byte[] bytes) {
    return new ReplayId(Ulid.fromBytes(bytes));
  }

  /// The 16-byte binary form.
  public byte[] toBytes() {
    return ulid.toBytes();
  }

  @Override
  public int compareTo(ReplayId other) {
    return ulid.compareTo(other.ulid);
  }

  @Override
  public String toString() {
    return PREFIX + ulid;
  }
}
