package dev.chasqui.cli;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/// Signs a body as a dialect does, and checks what somebody else has signed.
sealed interface Signer {

  /// The header's value for a body.
  String sign(Bytes body);

  /// Whether a header's value is right for a body.
  boolean verify(Bytes body, String header);

  /// `X-Hub-Signature-256`.
  record Meta(SigningKey key) implements Signer {

    @Override
    public String sign(Bytes body) {
      return Signatures.sign(key, body);
    }

    @Override
    public boolean verify(Bytes body, String header) {
      return Signatures.verify(List.of(key), body, header);
    }
  }

  /// `X-Turn-Hook-Signature`.
  record Turn(SigningKey key) implements Signer {

    @Override
    public String sign(Bytes body) {
      return Base64.getEncoder().encodeToString(key.hmac(body));
    }

    @Override
    public boolean verify(Bytes body, String header) {
      byte[] right = sign(body).getBytes(StandardCharsets.UTF_8);
      return MessageDigest.isEqual(right, header.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// `X-Exotel-Signature`.
  record Exotel(SigningKey key) implements Signer {

    @Override
    public String sign(Bytes body) {
      return Signatures.sign(key, body);
    }

    /// Some of Exotel's own callbacks have the digits alone.
    @Override
    public boolean verify(Bytes body, String header) {
      boolean isBare = !header.startsWith(Signatures.PREFIX);
      return Signatures.verify(List.of(key), body, isBare ? Signatures.PREFIX + header : header);
    }
  }

  /// `webhook-signature`, which is over the id and the time as well.
  ///
  /// @param id the header `webhook-id`
  /// @param timestamp the header `webhook-timestamp`
  record Standard(SigningKey key, String id, String timestamp) implements Signer {

    private static final String PREFIX = "whsec_";

    /// The signer with a secret as the specification writes it, with or without its prefix.
    ///
    /// @throws IllegalArgumentException if the rest is not base 64
    static Standard of(String secret, String id, String timestamp) {
      String encoded = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
      return new Standard(SigningKey.ofBytes(Base64.getDecoder().decode(encoded)), id, timestamp);
    }

    @Override
    public String sign(Bytes body) {
      byte[] hmac = key.hmac(Bytes.utf8(id + "." + timestamp + "."), body);
      return "v1," + Base64.getEncoder().encodeToString(hmac);
    }

    /// There may be several signatures, with blanks between; one must be right.
    @Override
    public boolean verify(Bytes body, String header) {
      byte[] right = sign(body).getBytes(StandardCharsets.UTF_8);
      boolean valid = false;
      for (String one : header.split(" ", -1)) {
        valid |= MessageDigest.isEqual(right, one.getBytes(StandardCharsets.UTF_8));
      }
      return valid;
    }
  }
}
