package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.Bytes;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;

/// What Turn's `X-Turn-Hook-Signature` must say: the base64 of HMAC-SHA256 over the raw body (seeds
/// 000 and 002).
final class TurnSourceSignature {

  static final String HEADER = "X-Turn-Hook-Signature";

  /// The base64 of 32 bytes.
  private static final int LENGTH = 44;

  private TurnSourceSignature() {}

  /// Whether a header's value is the signature of the body under one of the keys. Takes the same
  /// time whatever differs.
  static boolean verify(Collection<SigningKey> keys, Bytes body, String header) {
    byte[] claimed = decoded(header);
    boolean valid = false;
    for (SigningKey key : keys) {
      valid |= MessageDigest.isEqual(key.hmac(body), claimed);
    }
    return valid;
  }

  private static byte[] decoded(String header) {
    if (header.length() != LENGTH) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(header);
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }
}
