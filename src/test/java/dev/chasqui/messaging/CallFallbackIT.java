package dev.chasqui.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.http.EventLoops;
import dev.chasqui.http.client.ClientSettings;
import dev.chasqui.http.client.HttpSender;
import dev.chasqui.messaging.FallbackBridge.Result;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Cidr;
import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.FallbackChannel.Credential;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.Tls;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.outbound.Sender;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The call to a bridge, over HTTP.
class CallFallbackIT {

  private static final Bytes MESSAGE =
      Bytes.utf8("{\"to\": \"+51 900\", \"type\":\"text\",\n \"text\":{\"body\":\"a  b\"}}");

  private static final Result NO_ID =
      new Result.Failed("the fallback channel answered 202 without messages[0].id", true);

  /// Far more than a test takes: none of them waits for it but the one of the hanging bridge.
  private static final Duration GENEROUS = Duration.ofSeconds(60);

  private final EventLoops loops = EventLoops.start();
  private final HttpSender sender =
      HttpSender.start(loops, allowing(List.of(Cidr.parse("127.0.0.0/8"))));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  private final List<Bytes> bodies = new CopyOnWriteArrayList<>();
  private HttpServer bridge;
  private volatile int status = 202;
  private volatile String answer = "{\"messages\":[{\"id\":\"sms-1\"}]}";

  private static ClientSettings allowing(List<Cidr> blocks) {
    return ClientSettings.DEFAULT.allowing(blocks);
  }

  @BeforeEach
  void open() throws IOException {
    bridge = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 64);
    bridge.setExecutor(threads);
    bridge.createContext("/", this::receive);
    bridge.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream in = exchange.getRequestBody()) {
      bodies.add(Bytes.of(in.readAllBytes()));
      headers.add(Map.copyOf(exchange.getRequestHeaders()));
      byte[] out = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(status, out.length == 0 ? -1 : out.length);
      exchange.getResponseBody().write(out);
    }
  }

  @AfterEach
  void close() {
    sender.close();
    bridge.stop(0);
    threads.shutdownNow();
    loops.close();
  }

  private Result call(Bytes message, String to) throws InterruptedException {
    URI url = URI.create("http://127.0.0.1:" + bridge.getAddress().getPort() + "/sms?a=b");
    return new CallFallback(sender, GENEROUS).post(channel(url), message, to);
  }

  private static FallbackChannel channel(URI url) {
    return new FallbackChannel(
        WorkspaceId.DEFAULT,
        "1",
        url,
        List.of(Credential.of("new"), new Credential("former", Instant.MAX)),
        5,
        false,
        List.of(Credential.of("uuid")));
  }

  @Test
  void theSubmittedMessageArrivesOnOneLineSignedWithTheNewestSecret() throws InterruptedException {
    assertThat(call(MESSAGE, "51900")).isEqualTo(new Result.Taken("sms-1", Bytes.utf8(answer)));
    Bytes body = bodies.getFirst();
    assertThat(body.toUtf8())
        .isEqualTo(
            "{\"to\":\"+51 900\",\"type\":\"text\",\"text\":{\"body\":\"a  b\"},"
                + "\"_vnd\":{\"v1\":{\"on_fallback_channel\":true}}}");
    Map<String, List<String>> head = headers.getFirst();
    assertThat(head.get("X-turn-hook-signature"))
        .containsExactly(TurnDialect.signature("new", body));
    assertThat(head.get("Content-type")).containsExactly("application/json");
  }

  @Test
  void whatTheSubmitterSaidInTheBlockStays() throws InterruptedException {
    call(
        Bytes.utf8(
            "{\"recipient\":\"PE.1\",\"_vnd\":{\"x\":1,\"v1\":"
                + "{\"labels\":[\"a\"],\"on_fallback_channel\":false}}}"),
        "51900");
    assertThat(bodies.getFirst().toUtf8())
        .isEqualTo(
            "{\"recipient\":\"PE.1\",\"to\":\"51900\",\"_vnd\":{\"x\":1,\"v1\":"
                + "{\"labels\":[\"a\"],\"on_fallback_channel\":true}}}");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 299})
  void anySuccessWithAnIdIsTaken(int success) throws InterruptedException {
    status = success;
    assertThat(call(MESSAGE, "51900")).isInstanceOf(Result.Taken.class);
  }

  @ParameterizedTest
  @CsvSource({"301", "400", "403", "404", "429", "500", "503"})
  void anyOtherStatusIsRefusedAndNoRedirectIsFollowed(int refusal) throws InterruptedException {
    status = refusal;
    assertThat(call(MESSAGE, "51900"))
        .isEqualTo(new Result.Failed("the fallback channel answered " + refusal, false));
    assertThat(bodies).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{\"messages\":[]}",
        "{\"messages\":[{\"id\":null}]}",
        "{\"messages\":[{\"id\":\" \"}]}",
        "{\"messages\":[{\"id\":\"a\\nb\"}]}",
        "{\"messages\":{\"id\":\"x\"}}",
        "{\"id\":\"x\"}",
        "{\"messages\":[{\"id\":\"x\"}"
      })
  void anAnswerWithoutAnIdNamesNoMessage(String garbage) throws InterruptedException {
    answer = garbage;
    assertThat(call(MESSAGE, "51900")).isEqualTo(NO_ID);
  }

  @Test
  void anAnswerBeyondTheLimitIsNoAnswer() throws InterruptedException {
    answer = "{\"messages\":[{\"id\":\"x\"}],\"more\":\"" + "x".repeat(1 << 17) + "\"}";
    assertThat(call(MESSAGE, "51900")).isEqualTo(NO_ID);
  }

  @Test
  void aBridgeThatIsDownIsUnreachable() throws InterruptedException {
    bridge.stop(0);
    Result.Failed failed = (Result.Failed) call(MESSAGE, "51900");
    assertThat(failed.mayHaveArrived()).isFalse();
    assertThat(failed.reason()).contains("connect_failed").doesNotContain("/sms", "127.0.0.1:");
  }

  @Test
  void whatCannotBeWrittenHasNotLeft() throws InterruptedException {
    assertThat(call(Bytes.utf8("{\"to\":\"51900\",\"text\":"), "51900"))
        .isInstanceOfSatisfying(
            Result.Failed.class,
            it -> {
              assertThat(it.mayHaveArrived()).isFalse();
              assertThat(it.reason()).startsWith("the message could not be written");
            });
    assertThat(bodies).isEmpty();
  }

  /// A call that is never repeated is called stale before anything was written.
  @Test
  void aStaleConnectionHasTakenNothing() throws InterruptedException {
    Result given =
        new CallFallback(new StaleSender(), GENEROUS)
            .post(channel(URI.create("http://127.0.0.1:1/")), MESSAGE, "1");
    assertThat(given)
        .isInstanceOfSatisfying(
            Result.Failed.class, it -> assertThat(it.mayHaveArrived()).isFalse());
  }

  private record StaleSender() implements Sender {

    @Override
    public SendResult send(Outbound request) {
      assertThat(request.handling().repeats()).isEqualTo(Repeats.NEVER);
      return new SendResult.Failed(
          SendResult.Failure.STALE_CONNECTION, "the connection had ended", Duration.ZERO);
    }

    @Override
    public Optional<String> objection(URI url) {
      return Optional.empty();
    }

    @Override
    public Optional<String> objection(Tls tls) {
      return Optional.empty();
    }
  }

  @Test
  void aBridgeThatHangsIsGivenUpAtTheDeadlineAndNobodyKnows()
      throws InterruptedException, IOException {
    // Connections are taken by the operating system, and nobody reads from them.
    try (ServerSocket deaf = new ServerSocket(0, 8, InetAddress.ofLiteral("127.0.0.1"))) {
      Result given =
          new CallFallback(sender, Duration.ofMillis(500))
              .post(
                  channel(URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/")),
                  MESSAGE,
                  "51900");
      assertThat(given)
          .isInstanceOfSatisfying(
              Result.Failed.class,
              it -> {
                assertThat(it.mayHaveArrived()).isTrue();
                assertThat(it.reason()).contains("timeout");
              });
    }
  }

  @Test
  void anAddressThatReceiversMayNotHaveIsNotCalled() throws InterruptedException {
    try (HttpSender strict = HttpSender.start(loops, allowing(List.of()))) {
      Result refused =
          new CallFallback(strict, GENEROUS)
              .post(channel(URI.create("http://127.0.0.1:1/")), MESSAGE, "51900");
      assertThat(refused)
          .isInstanceOfSatisfying(
              Result.Failed.class,
              it -> {
                assertThat(it.mayHaveArrived()).isFalse();
                assertThat(it.reason()).contains("address_refused");
              });
    }
  }
}
