package dev.chasqui.messaging;

import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of bytes, and of texts with a length before each, so that no two lists of texts give the
/// same.
final class Sha256 {

  private final MessageDigest digest;

  Sha256() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static Bytes of(Bytes bytes) {
    return new Sha256().with(bytes).bytes();
  }

  Sha256 with(Bytes bytes) {
    digest.update(bytes.array(), bytes.offset(), bytes.length());
    return this;
  }

  Sha256 with(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((byte) (bytes.length >>> 8));
    digest.update((byte) bytes.length);
    digest.update(bytes);
    return this;
  }

  Bytes bytes() {
    return Bytes.of(digest.digest());
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
