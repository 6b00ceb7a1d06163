package dev.chasqui.dialect;

import dev.chasqui.model.Bytes;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;

/// Signatures in the form of Meta's `X-Hub-Signature-256`: `sha256=` and the 64 hexadecimal digits
/// of HMAC-SHA256 over the raw body. Always over the bytes as they came: a body that was decoded
/// and written again has another signature.
public final class Signatures {

  public static final String PREFIX = "sha256=";

  private static final int DIGITS = 64;
  private static final HexFormat HEX = HexFormat.of();

  private Signatures() {}

  /// The header's value for a body, with lower-case digits.
  public static String sign(SigningKey key, Bytes body) {
    return PREFIX + HEX.formatHex(key.hmac(body));
  }

  /// Whether a header's value is the signature of the body under one of the keys. Digits may be
  /// upper or lower case; anything else is refused. Takes the same time whatever differs.
  public static boolean verify(Collection<SigningKey> keys, Bytes body, String header) {
    if (!isWellFormed(header)) {
      return false;
    }
    byte[] claimed = HEX.parseHex(header, PREFIX.length(), header.length());
    boolean valid = false;
    for (SigningKey key : keys) {
      valid |= MessageDigest.isEqual(key.hmac(body), claimed);
    }
    return valid;
  }

  private static boolean isWellFormed(String header) {
    if (header.length() != PREFIX.length() + DIGITS || !header.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < header.length(); i++) {
      if (!HexFormat.isHexDigit(header.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
