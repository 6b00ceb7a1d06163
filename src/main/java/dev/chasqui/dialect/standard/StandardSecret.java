package dev.chasqui.dialect.standard;

import dev.chasqui.dialect.SigningKey;
import java.util.Base64;

/// A secret as Standard Webhooks writes it: `whsec_` and the key's bytes in base 64. Of a text
/// without the prefix the whole is the base 64, as the specification's libraries take it. The
/// specification advises 24 to 64 bytes; shorter ones that a receiver already has are taken as they
/// are.
final class StandardSecret {

  static final String PREFIX = "whsec_";

  private StandardSecret() {}

  static String of(byte[] key) {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /// @throws IllegalArgumentException if the text is not of that form
  static SigningKey key(String secret) {
    String encoded = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
    return SigningKey.ofBytes(Base64.getDecoder().decode(encoded));
  }
}
