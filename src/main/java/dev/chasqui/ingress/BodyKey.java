package dev.chasqui.ingress;

import dev.chasqui.journal.Fact;
import dev.chasqui.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What makes two posts byte-identical: the workspace, the account of a sender other than Meta, and
/// the SHA-256 of the body, all together as the first 128 bits of a SHA-256 of their own.
record BodyKey(long high, long low) {

  /// No account's id: it has a blank.
  private static final String DELIVERY = "delivery id";

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(BodyKey::newDigest);

  /// @param sha256 of its body
  static BodyKey of(Fact.Origin origin, Bytes sha256) {
    Fact.ChannelOrigin channelOrigin = origin.channelOrigin();
    MessageDigest digest = SHA_256.get();
    put(digest, origin.workspace().value());
    put(digest, channelOrigin == null ? "" : channelOrigin.channel().id());
    digest.update(sha256.array(), sha256.offset(), sha256.length());
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new BodyKey(hash.getLong(), hash.getLong());
  }

  /// The key of a sender's own id of a delivery, in the workspace that it is for.
  static BodyKey ofDelivery(Fact.Origin origin, String deliveryId) {
    MessageDigest digest = SHA_256.get();
    put(digest, origin.workspace().value());
    put(digest, DELIVERY);
    digest.update(deliveryId.getBytes(StandardCharsets.UTF_8));
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new BodyKey(hash.getLong(), hash.getLong());
  }

  static Bytes sha256(Bytes body) {
    MessageDigest digest = SHA_256.get();
    digest.update(body.array(), body.offset(), body.length());
    return Bytes.of(digest.digest());
  }

  /// Neither workspaces nor accounts have a zero byte in their names, so it can end them.
  private static void put(MessageDigest digest, String name) {
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
