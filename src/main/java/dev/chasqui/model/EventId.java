package dev.chasqui.model;

/// The id of a webhook event, written `evt_` and the ULID.
public record EventId(Ulid ulid) implements Comparable<EventId> {

  private static final String PREFIX = "evt_";

  /// @throws IllegalArgumentException if the text is not this kind of id
  public static EventId parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("an id of a webhook event begins with " + PREFIX);
    }
    return new EventId(Ulid.parse(text.substring(PREFIX.length())));
  }

  /// @throws IllegalArgumentException unless there are exactly 16 bytes
  public static EventId fromBytes(byte[] bytes) {
    return new EventId(Ulid.fromBytes(bytes));
  }

  /// The 16-byte binary form.
  public byte[] toBytes() {
    return ulid.toBytes();
  }

  @Override
  public int compareTo(EventId other) {
    return ulid.compareTo(other.ulid);
  }

  @Override
  public String toString() {
    return PREFIX + ulid;
  }
}
