package dev.chasqui.model;

/// The id of a delivery, written `dlv_` and the ULID.
public record DeliveryId(Ulid ulid) implements Comparable<DeliveryId> {

  private static final String PREFIX = "dlv_";

  /// @throws IllegalArgumentException if the text is not this kind of id
  public static DeliveryId parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("an id of a delivery begins with " + PREFIX);
    }
    return new DeliveryId(Ulid.parse(text.substring(PREFIX.length())));
  }

  /// @throws IllegalArgumentException unless there are exactly 16 bytes
  public static DeliveryId fromBytes(byte[] bytes) {
    return new DeliveryId(Ulid.fromBytes(bytes));
  }

  /// The 16-byte binary form.
  public byte[] toBytes() {
    return ulid.toBytes();
  }

  @Override
  public int compareTo(DeliveryId other) {
    return ulid.compareTo(other.ulid);
  }

  @Override
  public String toString() {
    return PREFIX + ulid;
  }
}
