package dev.chasqui.model;

import org.jspecify.annotations.Nullable;

/// Certificates for calls to one receiver, all in PEM; never printed.
///
/// @param caPem certificate authorities that are trusted beside the system's
/// @param certificatePem what the gateway shows to the receiver, with its chain
/// @param keyPem the private key of that certificate, there if and only if the certificate is
public record Tls(
    @Nullable String caPem, @Nullable String certificatePem, @Nullable String keyPem) {

  /// The system's authorities and no certificate of one's own.
  public static final Tls NONE = new Tls(null, null, null);

  public Tls {
    if ((certificatePem == null) != (keyPem == null)) {
      throw new IllegalArgumentException("a certificate and its private key come together");
    }
  }

  /// True if no certificate is set, so that the defaults apply.
  public boolean isEmpty() {
    return caPem == null && certificatePem == null;
  }

  /// The certificates of one receiver over those of all: its authorities are further ones, its own
  /// certificate goes before.
  public Tls over(Tls all) {
    String certificate = certificatePem == null ? all.certificatePem : certificatePem;
    String key = keyPem == null ? all.keyPem : keyPem;
    return new Tls(both(all.caPem, caPem), certificate, key);
  }

  private static @Nullable String both(@Nullable String first, @Nullable String second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return first + "\n" + second;
  }

  @Override
  public String toString() {
    return "Tls[" + (caPem != null) + ", " + (certificatePem != null) + "]";
  }
}
