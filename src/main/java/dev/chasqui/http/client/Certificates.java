package dev.chasqui.http.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.chasqui.model.Tls;
import dev.chasqui.settings.SettingsException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whom TLS trusts, and what it shows: the JDK's certificate authorities, those that the operator
/// set for all calls, and those of single receivers. Safe for use by many threads.
final class Certificates {

  private static final int MAX_RECEIVERS = 10_000;

  private final Tls all;
  private final Vertx vertx;
  private final Duration handshakeLimit;
  private final Cache<Tls, ClientSSLOptions> ofReceivers =
      Caffeine.newBuilder().maximumSize(MAX_RECEIVERS).build();

  /// @param settings with what is trusted and shown on all calls
  /// @throws SettingsException if they cannot be used
  Certificates(Vertx vertx, ClientSettings settings) {
    this.all = settings.tls();
    this.vertx = vertx;
    this.handshakeLimit = settings.connectTimeout();
    objection(all)
        .ifPresent(
            it -> {
              throw new SettingsException(
                  List.of("outbound.tls.ca or upstream.tls.*: the file " + it));
            });
  }

  /// Sets the certificates that apply to all calls.
  void set(HttpClientOptions options) {
    if (!all.isEmpty()) {
      ClientSSLOptions own = read(all);
      options.setTrustOptions(own.getTrustOptions()).setKeyCertOptions(own.getKeyCertOptions());
    }
  }

  /// The certificates of one receiver over those of all calls, null if the receiver has none of its
  /// own.
  ///
  /// @throws IllegalArgumentException if they cannot be used
  @Nullable ClientSSLOptions of(Tls own) {
    return own.isEmpty() ? null : ofReceivers.get(own, it -> read(it.over(all)));
  }

  /// One sentence that says what is wrong with a receiver's certificates, empty if they can be
  /// used.
  Optional<String> objection(Tls own) {
    try {
      var _ = read(own);
      if (own.certificatePem() != null) {
        KeyPairCheck.check(keys(own).getKeyManagerFactory(vertx));
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      return Optional.of(
          "certificatePem and keyPem must be a certificate and its private key in PEM,"
              + " unencrypted");
    }
  }

  private ClientSSLOptions read(Tls tls) {
    ClientSSLOptions options = new ClientSSLOptions();
    options.setHostnameVerificationAlgorithm("HTTPS");
    options.setSslHandshakeTimeout(handshakeLimit.toSeconds());
    if (tls.caPem() != null) {
      options.setTrustOptions(trust(tls.caPem()));
    }
    if (tls.certificatePem() != null) {
      options.setKeyCertOptions(keys(tls));
    }
    return options;
  }

  private static PemKeyCertOptions keys(Tls tls) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(String.valueOf(tls.certificatePem())))
        .addKeyValue(Buffer.buffer(String.valueOf(tls.keyPem())));
  }

  private static TrustOptions trust(String caPem) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (X509Certificate known : manager(null).getAcceptedIssuers()) {
        trusted.setCertificateEntry("jdk-" + number++, known);
      }
      for (Certificate own : certificates(caPem)) {
        trusted.setCertificateEntry("own-" + number++, own);
      }
      return TrustOptions.wrap(manager(trusted));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("must be certificates in PEM", e);
    }
  }

  private static Collection<? extends Certificate> certificates(String pem)
      throws GeneralSecurityException {
    Collection<? extends Certificate> read =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    if (read.isEmpty()) {
      throw new GeneralSecurityException("no certificate");
    }
    return read;
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
