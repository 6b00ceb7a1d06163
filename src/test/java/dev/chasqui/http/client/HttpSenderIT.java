package dev.chasqui.http.client;

import static dev.chasqui.http.client.Senders.LONG;
import static dev.chasqui.http.client.Senders.LOOPBACK;
import static dev.chasqui.http.client.Senders.addresses;
import static dev.chasqui.http.client.Senders.answer;
import static dev.chasqui.http.client.Senders.failure;
import static dev.chasqui.http.client.Senders.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.http.EventLoops;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Cidr;
import dev.chasqui.model.SendResult.Answered;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.outbound.Sender.Outbound;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Receivers that behave, and where requests may go.
class HttpSenderIT {

  private static final ClientSettings BOTH_LOOPBACKS =
      ClientSettings.DEFAULT.allowing(Cidr.parseList("127.0.0.1/32, ::1/128"));

  private static EventLoops loops;
  private static HttpSender sender;

  @BeforeAll
  static void start() {
    loops = EventLoops.start(2);
    sender = HttpSender.start(loops, LOOPBACK);
  }

  @AfterAll
  static void stop() {
    sender.close();
    loops.close();
  }

  @Test
  void sendsMethodPathHeadersAndBodyAsTheyAre() throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Hub-Signature-256", "sha256=00");
    headers.put("webhook-id", "dlv_1");
    headers.put("Host", "elsewhere");
    try (RawReceiver receiver = RawReceiver.friendly()) {
      URI url = URI.create("http://127.0.0.1:" + receiver.port() + "/a%20b?c=%7E&d");
      Outbound request = new Outbound("POST", url, headers, Bytes.utf8("hé\n"), LONG, 10);
      Answered answer = answer(sender.send(request));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().toUtf8()).isEqualTo("ok");
      String received = receiver.requests.getFirst();
      assertThat(received)
          .startsWith("POST /a%20b?c=%7E&d HTTP/1.1\r\n")
          .contains("X-Hub-Signature-256: sha256=00\r\n", "webhook-id: dlv_1\r\n")
          .containsIgnoringCase("host: 127.0.0.1:" + receiver.port() + "\r\n")
          .doesNotContain("elsewhere")
          .endsWith("\r\n\r\nh\u00c3\u00a9\n");
    }
  }

  @Test
  void sendsGetWithoutBody() throws Exception {
    try (RawReceiver receiver = RawReceiver.friendly()) {
      URI url = URI.create("http://127.0.0.1:" + receiver.port() + "/?hub.challenge=1");
      Outbound request = new Outbound("GET", url, Map.of(), Bytes.EMPTY, LONG, 10);

      assertThat(answer(sender.send(request)).body().toUtf8()).isEqualTo("ok");
      assertThat(receiver.requests.getFirst())
          .startsWith("GET /?hub.challenge=1 HTTP/1.1\r\n")
          .doesNotContainIgnoringCase("content-length");
    }
  }

  @Test
  void refusesHeadersThatCannotStandInHttp() {
    for (Map<String, String> headers :
        List.of(Map.of("a b", "c"), Map.of("", "c"), Map.of("a", "b\r\nc: d"))) {
      Outbound request =
          new Outbound("GET", URI.create("http://127.0.0.1/"), headers, Bytes.EMPTY, LONG, 10);
      assertThatThrownBy(() -> sender.send(request)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void keepsConnections() throws Exception {
    try (RawReceiver receiver = RawReceiver.friendly()) {
      for (int i = 0; i < 10; i++) {
        answer(sender.send(post(receiver, LONG)));
      }
      assertThat(receiver.requests).hasSize(10);
      assertThat(receiver.connections()).isLessThanOrEqualTo(loops.size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "[::1], ::1",
    "[0:0:0:0:0:0:0:1], ::1",
    "[::ffff:127.0.0.1], 127.0.0.1",
    "[::FFFF:7f00:1], 127.0.0.1",
  })
  void sendsToIpv6LiteralsWithBracketsInHost(String host, String listening) throws Exception {
    try (RawReceiver receiver = listeningAt(listening);
        HttpSender own = new HttpSender(loops, BOTH_LOOPBACKS, fake(new Resolver.NotFound()))) {
      String url = "http://" + host + ":" + receiver.port() + "/x";

      assertThat(answer(own.send(post(url, "a", LONG))).status()).isEqualTo(200);
      assertThat(answer(own.send(post(url, "b", LONG))).status()).isEqualTo(200);
      assertThat(receiver.requests.getFirst())
          .containsIgnoringCase("\nhost: " + host + ":" + receiver.port() + "\r\n");
    }
  }

  @Test
  void sendsToNamesThatHaveIpv6AddressesOnly() throws Exception {
    try (RawReceiver receiver = listeningAt("::1");
        HttpSender own = new HttpSender(loops, BOTH_LOOPBACKS, fake(addresses("::1")))) {
      String url = "http://six.example:" + receiver.port() + "/";

      assertThat(answer(own.send(post(url, "", LONG))).status()).isEqualTo(200);
      assertThat(receiver.requests.getFirst())
          .containsIgnoringCase("host: six.example:" + receiver.port() + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a00:1]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[64:ff9b::7f00:1]/",
      })
  void refusesIpv6LiteralsThatLeadInside(String url) throws Exception {
    try (HttpSender own = HttpSender.start(loops, ClientSettings.DEFAULT)) {
      assertThat(failure(own.send(post(url, "", LONG)))).isEqualTo(Failure.ADDRESS_REFUSED);
    }
  }

  @Test
  void aDotAtTheEndIsForTheResolverAlone() throws Exception {
    FakeResolver resolver = new FakeResolver(addresses("127.0.0.1"));
    try (RawReceiver receiver = RawReceiver.friendly();
        HttpSender own = new HttpSender(loops, LOOPBACK, resolver)) {
      answer(own.send(post("http://name.example.:" + receiver.port() + "/", "", LONG)));

      assertThat(resolver.names).containsExactly("name.example.");
      assertThat(receiver.requests.getFirst())
          .containsIgnoringCase("host: name.example:" + receiver.port() + "\r\n");
    }
  }

  @Test
  void doesNotFollowRedirects() throws Exception {
    try (RawReceiver inside = RawReceiver.friendly();
        RawReceiver receiver =
            new RawReceiver(
                conversation -> {
                  conversation.readRequest();
                  conversation.write(
                      "HTTP/1.1 307 Go\r\nRetry-After: 7\r\nLocation: http://127.0.0.1:"
                          + inside.port()
                          + "/\r\nContent-Length: 0\r\n\r\n");
                })) {
      Answered answer = answer(sender.send(post(receiver, LONG)));

      assertThat(answer.status()).isEqualTo(307);
      assertThat(answer.retryAfter()).isEqualTo("7");
      assertThat(inside.requests).isEmpty();
    }
  }

  @Test
  void pinsTheAddressThatWasChecked() throws Exception {
    try (RawReceiver allowed = RawReceiver.friendly();
        RawReceiver other =
            new RawReceiver(
                new ServerSocket(allowed.port(), 8, InetAddress.ofLiteral("127.0.0.9")),
                conversation -> conversation.readRequest());
        HttpSender fake =
            new HttpSender(
                loops,
                LOOPBACK,
                new FakeResolver(addresses("127.0.0.1"), addresses("127.0.0.9")))) {
      String url = "http://rebind.example:" + allowed.port() + "/";

      assertThat(answer(fake.send(post(url, "1", LONG))).status()).isEqualTo(200);
      assertThat(failure(fake.send(post(url, "2", LONG)))).isEqualTo(Failure.ADDRESS_REFUSED);
      assertThat(allowed.requests.getFirst())
          .containsIgnoringCase("host: rebind.example:" + allowed.port());
      assertThat(other.requests).isEmpty();
    }
  }

  @Test
  void asksTheResolverOncePerRequest() throws Exception {
    FakeResolver resolver = new FakeResolver(addresses("127.0.0.1"));
    try (RawReceiver receiver = RawReceiver.friendly();
        HttpSender fake = new HttpSender(loops, LOOPBACK, resolver)) {
      answer(fake.send(post("http://name.example:" + receiver.port() + "/", "", LONG)));

      assertThat(resolver.questions).hasValue(1);
    }
  }

  @Test
  void refusesANameWithOneRefusedAddress() throws Exception {
    FakeResolver resolver = new FakeResolver(addresses("127.0.0.1", "10.0.0.1"));
    try (HttpSender fake = new HttpSender(loops, LOOPBACK, resolver)) {
      assertThat(failure(fake.send(post("http://mixed.example/", "", LONG))))
          .isEqualTo(Failure.ADDRESS_REFUSED);
      assertThat(fake.objection(URI.create("http://mixed.example/")))
          .hasValue("the URL leads to a private address");
    }
  }

  @Test
  void triesANamesNextAddressWhereNobodyListens() throws Exception {
    try (RawReceiver receiver = RawReceiver.friendly();
        HttpSender fake =
            new HttpSender(
                loops,
                ClientSettings.DEFAULT.allowing(Cidr.parseList("127.0.0.0/8")),
                new FakeResolver(addresses("127.0.0.9", "127.0.0.1")))) {
      String url = "http://two.example:" + receiver.port() + "/";

      assertThat(answer(fake.send(post(url, "", LONG))).status()).isEqualTo(200);
    }
  }

  @Test
  void tellsAMissingNameFromAResolverThatIsDown() throws Exception {
    try (HttpSender missing = new HttpSender(loops, LOOPBACK, fake(new Resolver.NotFound()));
        HttpSender down =
            new HttpSender(loops, LOOPBACK, fake(new Resolver.TemporaryFailure("down")))) {
      Outbound request = post("http://name.example/", "", LONG);

      assertThat(failure(missing.send(request))).isEqualTo(Failure.UNRESOLVABLE);
      assertThat(failure(down.send(request))).isEqualTo(Failure.RESOLVER_DOWN);
      assertThat(missing.objection(request.url())).isEmpty();
    }
  }

  @Test
  void objectsToRefusedAddressesAndBadUrls() throws Exception {
    assertThat(sender.objection(URI.create("http://169.254.169.254/latest")))
        .hasValue("the URL leads to a link-local address");
    assertThat(sender.objection(URI.create("ftp://example.org/"))).isPresent();
    assertThat(sender.objection(URI.create("http://127.0.0.1/"))).isEmpty();
  }

  @Test
  void refusesToSendWhenClosed() throws IOException, InterruptedException {
    HttpSender closing = HttpSender.start(loops, LOOPBACK);
    closing.close();

    assertThat(failure(closing.send(post("http://127.0.0.1/", "", LONG))))
        .isEqualTo(Failure.CLOSED);
  }

  private static RawReceiver listeningAt(String address) throws IOException {
    return new RawReceiver(
        new ServerSocket(0, 8, InetAddress.ofLiteral(address)), RawReceiver.answering());
  }

  private static Resolver fake(Resolver.Resolution answer) {
    return new FakeResolver(answer);
  }
}
