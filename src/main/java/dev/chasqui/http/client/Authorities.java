package dev.chasqui.http.client;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whom TLS trusts: the JDK's certificate authorities, and the operator's own if there are any.
final class Authorities {

  private Authorities() {}

  /// @return null if the JDK's are all
  /// @throws IllegalArgumentException if the file cannot be read as certificates
  static @Nullable TrustOptions trust(@Nullable Path file) {
    if (file == null) {
      return null;
    }
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int number = 0;
      for (X509Certificate known : jdkAuthorities()) {
        all.setCertificateEntry("jdk-" + number++, known);
      }
      for (Certificate own : read(file)) {
        all.setCertificateEntry("own-" + number++, own);
      }
      return TrustOptions.wrap(manager(all));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("no readable certificates: " + file, e);
    }
  }

  private static X509Certificate[] jdkAuthorities() throws GeneralSecurityException {
    return manager(null).getAcceptedIssuers();
  }

  private static Iterable<? extends Certificate> read(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private static X509TrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("the JDK trusts nobody");
  }
}
