package dev.chasqui.dialect.exotel;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Checks the signature of Exotel's callbacks.
final class ExotelSourceSignature {

  static final String HEADER = "X-Exotel-Signature";

  private static final int DIGITS = 64;

  private ExotelSourceSignature() {}

  /// Whether a header's value is the signature of the raw body under one of the keys: hexadecimal
  /// HMAC-SHA256, with `sha256=` before it (seed 004) or without.
  static boolean verify(Collection<SigningKey> keys, Bytes body, String header) {
    String prefixed = header.length() == DIGITS ? Signatures.PREFIX + header : header;
    return Signatures.verify(keys, body, prefixed);
  }

  /// Whether a callback names the account.
  static boolean names(String accountSid, Bytes body, @Nullable String contentType) {
    String named = ExotelDocument.accountSid(body, contentType);
    return named != null
        && MessageDigest.isEqual(
            named.getBytes(StandardCharsets.UTF_8), accountSid.getBytes(StandardCharsets.UTF_8));
  }
}
