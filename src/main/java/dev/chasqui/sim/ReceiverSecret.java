package dev.chasqui.sim;

import dev.chasqui.http.server.Request;
import dev.chasqui.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How a receiver knows that a delivery comes from its gateway. It checks by itself, not with the
/// gateway's code.
public sealed interface ReceiverSecret {

  /// Whether the request is signed with this secret.
  boolean hasSigned(Request request);

  /// Meta's format: `X-Hub-Signature-256`.
  record Meta(AppSecret secret) implements ReceiverSecret {
    @Override
    public boolean hasSigned(Request request) {
      Optional<String> header = Optional.ofNullable(request.headers().first("X-Hub-Signature-256"));
      return header.isPresent() && isSame(secret.sign(request.body()), header.get());
    }
  }

  /// Standard Webhooks: `webhook-signature` over id, time and body.
  record Standard(Bytes key) implements ReceiverSecret {

    private static final String PREFIX = "whsec_";

    /// The secret with these bytes, 24 at least.
    public static Standard of(byte[] key) {
      return new Standard(Bytes.of(key));
    }

    /// The secret as it is written.
    public String text() {
      return PREFIX + Base64.getEncoder().encodeToString(key.toArray());
    }

    @Override
    public boolean hasSigned(Request request) {
      String id = request.headers().first("webhook-id");
      String time = request.headers().first("webhook-timestamp");
      String header = request.headers().first("webhook-signature");
      if (id == null || time == null || header == null) {
        return false;
      }
      ByteArrayOutputStream signed = new ByteArrayOutputStream();
      signed.writeBytes(Bytes.utf8(id + "." + time + ".").toArray());
      signed.writeBytes(request.body().toArray());
      byte[] digest = hmac(key.toArray(), signed.toByteArray());
      return isSame("v1," + Base64.getEncoder().encodeToString(digest), header);
    }

    @Override
    public String toString() {
      return "Standard";
    }
  }

  /// Turn: `X-Turn-Hook-Signature`, the base64 of the HMAC.
  record Turn(String secret) implements ReceiverSecret {

    static final String HEADER = "X-Turn-Hook-Signature";

    String sign(Bytes body) {
      byte[] digest = hmac(Bytes.utf8(secret).toArray(), body.toArray());
      return Base64.getEncoder().encodeToString(digest);
    }

    @Override
    public boolean hasSigned(Request request) {
      String header = request.headers().first(HEADER);
      return header != null && isSame(sign(request.body()), header);
    }

    @Override
    public String toString() {
      return "Turn";
    }
  }

  /// Exotel: `X-Exotel-Signature`, the HMAC in hexadecimal digits.
  record Exotel(String secret) implements ReceiverSecret {

    static final String HEADER = "X-Exotel-Signature";

    String sign(Bytes body) {
      byte[] digest = hmac(Bytes.utf8(secret).toArray(), body.toArray());
      return "sha256=" + HexFormat.of().formatHex(digest);
    }

    @Override
    public boolean hasSigned(Request request) {
      String header = request.headers().first(HEADER);
      return header != null && isSame(sign(request.body()), header);
    }

    @Override
    public String toString() {
      return "Exotel";
    }
  }

  /// No signature is checked: every request to the address is accepted.
  record Unsigned() implements ReceiverSecret {
    @Override
    public boolean hasSigned(Request request) {
      return true;
    }
  }

  private static byte[] hmac(byte[] key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(Bytes.utf8(one).toArray(), Bytes.utf8(other).toArray());
  }
}
