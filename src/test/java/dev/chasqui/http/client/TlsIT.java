package dev.chasqui.http.client;

import static dev.chasqui.http.client.Senders.LONG;
import static dev.chasqui.http.client.Senders.addresses;
import static dev.chasqui.http.client.Senders.answer;
import static dev.chasqui.http.client.Senders.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.Cidr;
import dev.chasqui.http.EventLoops;
import dev.chasqui.model.SendResult.Failed;
import dev.chasqui.model.SendResult.Failure;
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

  private RawReceiver receiver;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    loops = EventLoops.start(2);
    certificate = new TestCertificate(folder, "receiver.example");
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
    try (HttpSender sender = sender(certificate.authority())) {
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
        HttpSender sender = sender(certificate.authority())) {
      String url = "https://[::1]:" + six.port() + "/hook";

      assertThat(answer(sender.send(post(url, "a", LONG))).status()).isEqualTo(200);
      assertThat(certificate.asked).isEmpty();
      assertTlsFailed(sender, "https://[::ffff:127.0.0.1]:" + receiver.port() + "/");
    }
  }

  @Test
  void refusesACertificateForAnotherName() throws Exception {
    try (HttpSender sender = sender(certificate.authority())) {
      assertTlsFailed(sender, "https://other.example:" + receiver.port() + "/");
      assertTlsFailed(sender, "https://127.0.0.1:" + receiver.port() + "/");
    }
  }

  @Test
  void refusesAnUnknownAuthority() throws Exception {
    try (HttpSender sender = sender(null)) {
      assertTlsFailed(sender, "https://receiver.example:" + receiver.port() + "/");
    }
  }

  private void assertTlsFailed(HttpSender sender, String url) throws InterruptedException {
    assertThat(sender.send(post(url, "secret", LONG)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.TLS_FAILED));
    assertThat(receiver.requests).isEmpty();
  }

  private static HttpSender sender(@Nullable Path authority) {
    ClientSettings settings =
        ClientSettings.DEFAULT.allowing(Cidr.parseList("127.0.0.0/8, ::1/128")).trusting(authority);
    return new HttpSender(loops, settings, new FakeResolver(addresses("127.0.0.1")));
  }
}
