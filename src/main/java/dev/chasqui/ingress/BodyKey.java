package dev.chasqui.ingress;

import dev.chasqui.journal.Fact;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.WorkspaceId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// What makes two posts byte-identical: the workspace, the account of a sender other than Meta, and
/// the SHA-256 of the body.
///
/// @param account null for Meta
record BodyKey(WorkspaceId workspace, @Nullable String account, Bytes sha256) {

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(BodyKey::newDigest);

  /// @param sha256 of its body
  static BodyKey of(Fact.Door door, Bytes sha256) {
    Fact.Passage passage = door.passage();
    String account = passage == null ? null : passage.channel().id();
    return new BodyKey(door.workspace(), account, sha256);
  }

  static Bytes sha256(Bytes body) {
    MessageDigest digest = SHA_256.get();
    digest.update(body.array(), body.offset(), body.length());
    return Bytes.of(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
