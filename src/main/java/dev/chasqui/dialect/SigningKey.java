package dev.chasqui.dialect;

import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A secret made ready for HMAC-SHA256. Safe for use by many threads; never printed.
public final class SigningKey {

  private static final String ALGORITHM = "HmacSHA256";

  /// Those that nobody uses now: as many as were ever in use at once. Not one for each thread,
  /// since each delivery has a thread of its own.
  private static final Queue<Mac> IDLE = new ConcurrentLinkedQueue<>();

  private final SecretKeySpec key;

  private SigningKey(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /// The key whose bytes are the secret's text in UTF-8.
  ///
  /// @throws IllegalArgumentException if the secret is empty or blank: anyone could sign with it
  public static SigningKey of(String secret) {
    if (secret.isBlank()) {
      throw new IllegalArgumentException("a signing secret must not be empty");
    }
    return new SigningKey(secret.getBytes(StandardCharsets.UTF_8));
  }

  /// The key with these bytes.
  ///
  /// @throws IllegalArgumentException if there are none
  public static SigningKey ofBytes(byte[] secret) {
    if (secret.length == 0) {
      throw new IllegalArgumentException("a signing secret must not be empty");
    }
    return new SigningKey(secret);
  }

  /// The 32 bytes of HMAC-SHA256 over all parts, one after the other.
  public byte[] hmac(Bytes... parts) {
    Mac idle = IDLE.poll();
    Mac mac = idle == null ? newMac() : idle;
    try {
      mac.init(key);
      for (Bytes part : parts) {
        mac.update(part.array(), part.offset(), part.length());
      }
      byte[] hmac = mac.doFinal();
      IDLE.add(mac);
      return hmac;
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key of plain bytes was refused", e);
    }
  }

  private static Mac newMac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "SigningKey";
  }
}
