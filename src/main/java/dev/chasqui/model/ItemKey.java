package dev.chasqui.model;

import java.nio.ByteBuffer;

/// What makes a notification the same as one seen before: the first half is a hash of the item's
/// own id (a wamid, a call id), so that all that was said of one message stands together; the
/// second half is a hash of everything else that the key of its kind names (product.md 4).
public record ItemKey(long id, long rest) implements Comparable<ItemKey> {

  /// Bytes of the binary form.
  public static final int BYTES = 16;

  /// The 16-byte binary form, which sorts as the key does.
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(id).putLong(rest).array();
  }

  @Override
  public int compareTo(ItemKey other) {
    int byId = Long.compareUnsigned(id, other.id);
    return byId != 0 ? byId : Long.compareUnsigned(rest, other.rest);
  }
}
