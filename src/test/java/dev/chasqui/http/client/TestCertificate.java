package dev.chasqui.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A key with a certificate for one name, ::1 and 127.0.0.9 that is its own authority, made with
/// the JDK's keytool.
public final class TestCertificate {

  private static final String PASSWORD = "changeit";

  /// The names that callers asked for (SNI).
  final Queue<String> asked = new ConcurrentLinkedQueue<>();

  private final Path store;
  private final Path authority;

  /// Makes one in a folder of its own.
  public TestCertificate(Path folder, String name) throws IOException, InterruptedException {
    store = folder.resolve("key.p12");
    authority = folder.resolve("authority.pem");
    keytool(
        "-genkeypair -alias test -keyalg EC -validity 2 -dname CN=test -ext SAN=dns:"
            + name
            + ",ip:127.0.0.9,ip:0:0:0:0:0:0:0:1");
    keytool("-exportcert -alias test -rfc -file " + authority);
  }

  /// A TLS server socket with this key.
  SSLServerSocket listen() throws IOException, GeneralSecurityException {
    return listen("127.0.0.1");
  }

  SSLServerSocket listen(String address) throws IOException, GeneralSecurityException {
    return listen(address, null);
  }

  /// One that wants a certificate of its clients.
  SSLServerSocket listenTo(TestCertificate clients) throws IOException, GeneralSecurityException {
    SSLServerSocket server = listen("127.0.0.1", clients.trustManagers());
    server.setNeedClientAuth(true);
    return server;
  }

  /// The certificate in PEM.
  public String certificatePem() throws IOException {
    return Files.readString(authority);
  }

  /// Its private key in PEM.
  public String keyPem() throws IOException, GeneralSecurityException {
    byte[] key = keys().getKey("test", PASSWORD.toCharArray()).getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key)
        + "\n-----END PRIVATE KEY-----\n";
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("client", keys().getCertificate("test"));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private SSLServerSocket listen(String address, TrustManager @Nullable [] clients)
      throws IOException, GeneralSecurityException {
    KeyStore keys = keys();
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), clients, null);
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 8, InetAddress.ofLiteral(address));
    SSLParameters parameters = server.getSSLParameters();
    parameters.setSNIMatchers(List.of(new Asked()));
    server.setSSLParameters(parameters);
    return server;
  }

  private void keytool(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }

  private final class Asked extends SNIMatcher {

    Asked() {
      super(StandardConstants.SNI_HOST_NAME);
    }

    @Override
    public boolean matches(SNIServerName name) {
      asked.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
      return true;
    }
  }
}
