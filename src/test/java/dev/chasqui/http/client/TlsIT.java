package dev.chasqui.http.client;

import static dev.chasqui.http.client.Senders.LONG;
import static dev.chasqui.http.client.Senders.addresses;
import static dev.chasqui.http.client.Senders.answer;
import static dev.chasqui.http.client.Senders.failure;
import static dev.chasqui.http.client.Senders.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.EventLoops;
import dev.chasqui.model.Cidr;
import dev.chasqui.model.SendResult.Failed;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.model.Tls;
import dev.chasqui.outbound.Sender.Outbound;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The address is pinned and the name still decides whom we trust.
class TlsIT {

  private static EventLoops loops;
  private static TestCertificate certificate;
  private static TestCertificate client;

  private RawReceiver receiver;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    loops = EventLoops.start(2);
    certificate =
        new TestCertificate(Files.createDirectory(folder.resolve("a")), "receiver.example");
    client = new TestCertificate(Files.createDirectory(folder.resolve("b")), "client.example");
  }

  @AfterAll
  static void stop() {
    loops.close();
  }

  @BeforeEach
  void listen() throws Exception {
    certificate.asked.clear();
    receiver = new RawReceiver(certificate.listen(), RawReceiver.answering());
  }

  @AfterEach
  void close() throws Exception {
    receiver.close();
  }

  @Test
  void keepsTheNameWhileTheAddressIsPinned() throws Exception {
    try (HttpSender sender = sender(certificate.certificatePem())) {
      String url = "https://receiver.example:" + receiver.port() + "/hook";

      assertThat(answer(sender.send(post(url, "a", LONG))).status()).isEqualTo(200);
      assertThat(answer(sender.send(post(url, "b", LONG))).status()).isEqualTo(200);
      assertThat(certificate.asked).containsOnly("receiver.example");
      assertThat(receiver.requests.getFirst())
          .containsIgnoringCase("host: receiver.example:" + receiver.port() + "\r\n");
    }
  }

  @Test
  void anIpv6LiteralIsLookedForInTheCertificate() throws Exception {
    try (RawReceiver six = new RawReceiver(certificate.listen("::1"), RawReceiver.answering());
        HttpSender sender = sender(certificate.certificatePem())) {
      String url = "https://[::1]:" + six.port() + "/hook";

      assertThat(answer(sender.send(post(url, "a", LONG))).status()).isEqualTo(200);
      assertThat(certificate.asked).isEmpty();
      assertTlsFailed(sender, "https://[::ffff:127.0.0.1]:" + receiver.port() + "/");
    }
  }

  @Test
  void refusesACertificateForAnotherName() throws Exception {
    try (HttpSender sender = sender(certificate.certificatePem())) {
      assertTlsFailed(sender, "https://other.example:" + receiver.port() + "/");
      assertTlsFailed(sender, "https://127.0.0.1:" + receiver.port() + "/");
    }
  }

  @Test
  void refusesAnUnknownAuthority() throws Exception {
    try (HttpSender sender = sender(Tls.NONE)) {
      assertTlsFailed(sender, "https://receiver.example:" + receiver.port() + "/");
    }
  }

  @Test
  void trustsAnAuthorityForOneReceiverAlone() throws Exception {
    Tls trusting = new Tls(certificate.certificatePem(), null, null);
    try (HttpSender sender = sender(Tls.NONE)) {
      String url = "https://receiver.example:" + receiver.port() + "/hook";

      for (int i = 0; i < 6; i++) {
        Outbound request = post(url, "a", LONG).with(trusting);
        assertThat(answer(sender.send(request)).status()).isEqualTo(200);
      }
      assertThat(receiver.connections()).isLessThanOrEqualTo(loops.size());
      assertThat(failure(sender.send(post(url, "b", LONG)))).isEqualTo(Failure.TLS_FAILED);
    }
  }

  @Test
  void showsACertificateToTheReceiverThatItIsFor() throws Exception {
    String ca = certificate.certificatePem();
    Tls known = new Tls(ca, client.certificatePem(), client.keyPem());
    Tls unknown = new Tls(ca, certificate.certificatePem(), certificate.keyPem());
    try (RawReceiver strict =
            new RawReceiver(certificate.listenTo(client), RawReceiver.answering());
        HttpSender sender = sender(ca)) {
      String url = "https://receiver.example:" + strict.port() + "/hook";

      for (int i = 0; i < 4; i++) {
        Outbound request = post(url, "a", LONG).with(known);
        assertThat(answer(sender.send(request)).status()).isEqualTo(200);
      }
      assertThat(strict.connections()).isLessThanOrEqualTo(loops.size());
      assertThat(failure(sender.send(post(url, "b", LONG))))
          .isIn(Failure.TLS_FAILED, Failure.RESET);
      assertThat(failure(sender.send(post(url, "c", LONG).with(unknown))))
          .isIn(Failure.TLS_FAILED, Failure.RESET);
      assertThat(strict.requests).hasSize(4);
    }
  }

  @Test
  void aCertificateForAllCallsIsShownToEachReceiver() throws Exception {
    Tls all = new Tls(certificate.certificatePem(), client.certificatePem(), client.keyPem());
    try (RawReceiver strict =
            new RawReceiver(certificate.listenTo(client), RawReceiver.answering());
        HttpSender sender = sender(all)) {
      String url = "https://receiver.example:" + strict.port() + "/hook";

      assertThat(answer(sender.send(post(url, "a", LONG))).status()).isEqualTo(200);
      Tls onlyFurtherAuthorities = new Tls(client.certificatePem(), null, null);
      assertThat(answer(sender.send(post(url, "b", LONG).with(onlyFurtherAuthorities))).status())
          .isEqualTo(200);
    }
  }

  @Test
  void tellsWhatIsWrongWithCertificates() throws Exception {
    String own = certificate.certificatePem();
    try (HttpSender sender = sender(Tls.NONE)) {
      assertThat(sender.objection(new Tls(own, own, certificate.keyPem()))).isEmpty();
      assertThat(sender.objection(new Tls("junk", null, null)))
          .hasValue("must be certificates in PEM");
      assertThat(sender.objection(new Tls(null, own, client.keyPem())))
          .hasValue("does not belong to keyPem: the private key is another's");
      assertThat(sender.objection(new Tls(null, own, "junk")))
          .hasValueSatisfying(it -> assertThat(it).contains("private key in PEM"));
      assertThat(sender.objection(new Tls(null, "junk", certificate.keyPem()))).isPresent();
    }
  }

  @Test
  void certificatesThatCannotBeReadAreAFailureOfTls() throws Exception {
    try (HttpSender sender = sender(Tls.NONE)) {
      Tls broken = new Tls("junk", null, null);
      assertThat(failure(sender.send(post("https://127.0.0.1/", "", LONG).with(broken))))
          .isEqualTo(Failure.TLS_FAILED);
    }
  }

  private void assertTlsFailed(HttpSender sender, String url) throws InterruptedException {
    assertThat(sender.send(post(url, "secret", LONG)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.TLS_FAILED));
    assertThat(receiver.requests).isEmpty();
  }

  private static HttpSender sender(@Nullable String authority) {
    return sender(new Tls(authority, null, null));
  }

  private static HttpSender sender(Tls tls) {
    ClientSettings settings =
        ClientSettings.DEFAULT.allowing(Cidr.parseList("127.0.0.0/8, ::1/128")).withTls(tls);
    return new HttpSender(loops, settings, new FakeResolver(addresses("127.0.0.1")));
  }
}
