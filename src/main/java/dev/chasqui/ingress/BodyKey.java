package dev.chasqui.ingress;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.WorkspaceId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What makes two posts byte-identical: the workspace and the SHA-256 of the body.
record BodyKey(WorkspaceId workspace, Bytes sha256) {

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(BodyKey::newDigest);

  static BodyKey of(WorkspaceId workspace, Bytes body) {
    MessageDigest digest = SHA_256.get();
    digest.update(body.array(), body.offset(), body.length());
    return new BodyKey(workspace, Bytes.of(digest.digest()));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
