package dev.chasqui.dialect.standard;

import dev.chasqui.dialect.SigningKey;
import java.util.Base64;

/// A secret as Standard Webhooks writes it: `whsec_` and the key's bytes in base 64. Of a text
/// without the prefix the whole is the base 64, as the specification's libraries take it.
final class StandardSecret {

  static final String PREFIX = "whsec_";

  /// The specification asks for 24 to 64 bytes.
  private static final int MIN_BYTES = 24;

  private static final int MAX_BYTES = 64;

  private StandardSecret() {}

  static String of(byte[] key) {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /// @throws IllegalArgumentException if the text is not of that form
  static SigningKey key(String secret) {
    String encoded = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
    byte[] key = Base64.getDecoder().decode(encoded);
    if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
      throw new IllegalArgumentException("the key has " + key.length + " bytes");
    }
    return SigningKey.ofBytes(key);
  }
}
