package dev.chasqui.http.client;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/// Looks whether a private key is its certificate's, by signing and verifying.
final class KeyPairCheck {

  private static final String[] KEY_TYPES = {"EC", "RSA", "EdDSA", "Ed25519", "RSASSA-PSS"};
  private static final byte[] SAMPLE = {1, 2, 3};

  private KeyPairCheck() {}

  /// @throws IllegalArgumentException if it is another's
  static void check(KeyManagerFactory factory) throws GeneralSecurityException {
    for (KeyManager manager : factory.getKeyManagers()) {
      if (manager instanceof X509KeyManager keys) {
        check(keys);
        return;
      }
    }
    throw new GeneralSecurityException("no keys");
  }

  private static void check(X509KeyManager keys) throws GeneralSecurityException {
    for (String type : KEY_TYPES) {
      String[] aliases = keys.getClientAliases(type, null);
      if (aliases != null && aliases.length > 0) {
        check(keys.getPrivateKey(aliases[0]), keys.getCertificateChain(aliases[0])[0]);
        return;
      }
    }
    throw new GeneralSecurityException("no key of a known type");
  }

  private static void check(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm(key));
    signature.initSign(key);
    signature.update(SAMPLE);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(SAMPLE);
    if (!signature.verify(signed)) {
      throw new IllegalArgumentException("does not belong to keyPem: the private key is another's");
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
