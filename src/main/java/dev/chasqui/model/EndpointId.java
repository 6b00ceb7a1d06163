package dev.chasqui.model;

/// The id of an endpoint, written `ep_` and the ULID.
public record EndpointId(Ulid ulid) implements Comparable<EndpointId> {

  private static final String PREFIX = "ep_";

  /// @throws IllegalArgumentException if the text is not this kind of id
  public static EndpointId parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("an id of an endpoint begins with " + PREFIX);
    }
    return new EndpointId(Ulid.parse(text.substring(PREFIX.length())));
  }

  /// @throws IllegalArgumentException unless there are exactly 16 bytes
  public static EndpointId fromBytes(byte[] bytes) {
    return new EndpointId(Ulid.fromBytes(bytes));
  }

  /// The 16-byte binary form.
  public byte[] toBytes() {
    return ulid.toBytes();
  }

  @Override
  public int compareTo(EndpointId other) {
    return ulid.compareTo(other.ulid);
  }

  @Override
  public String toString() {
    return PREFIX + ulid;
  }
}
