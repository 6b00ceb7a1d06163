package dev.chasqui.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.http.BrokenStreamException;
import dev.chasqui.http.BrokenStreamException.Fault;
import dev.chasqui.http.EventLoops;
import dev.chasqui.http.Pieces;
import dev.chasqui.http.client.StreamCall.Upload;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Cidr;
import dev.chasqui.model.SendResult.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Calls with bodies that go piece by piece, against receivers that do as they like.
class HttpStreamsIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final long ANY = 1L << 30;
  private static final ClientSettings ONE_AT_A_TIME =
      ClientSettings.DEFAULT.allowing(Cidr.parseList("127.0.0.1/32, ::1/128")).withPerHost(1, 0);

  private final EventLoops loops = EventLoops.start(2);
  private final HttpStreams streams = HttpStreams.start(loops, ONE_AT_A_TIME);

  @AfterEach
  void stop() {
    streams.close();
    loops.close();
  }

  @Test
  void bodiesGoUpAndComeDownWhole() throws Exception {
    try (RawReceiver receiver = RawReceiver.friendly()) {
      for (int i = 0; i < 3; i++) {
        try (StreamAnswer answer =
            answered(call(receiver, upload(6, "abc", "def"), new Bounds()))) {
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.header("content-length")).isEqualTo("2");
          assertThat(answer.rest(100).toUtf8()).isEqualTo("ok");
        }
      }
      assertThat(receiver.requests).hasSize(3).allMatch(it -> it.endsWith("abcdef"));
      assertThat(receiver.requests.getFirst()).contains("X-Own: 1", "Content-Length: 6");
    }
  }

  @Test
  void ipv6LiteralsAreReachedWithBracketsInHost() throws Exception {
    try (RawReceiver receiver =
        new RawReceiver(
            new ServerSocket(0, 8, InetAddress.ofLiteral("::1")), RawReceiver.answering())) {
      URI url = URI.create("http://[::1]:" + receiver.port() + "/media");
      StreamCall call = new StreamCall("GET", url, Map.of(), null, new Bounds().toBounds());

      try (StreamAnswer answer = answered(call)) {
        assertThat(answer.rest(100).toUtf8()).isEqualTo("ok");
      }
      assertThat(receiver.requests.getFirst())
          .containsIgnoringCase("host: [::1]:" + receiver.port() + "\r\n");
    }
  }

  @Test
  void aBodyOfUnknownLengthIsSentInChunks() throws Exception {
    BlockingQueue<String> got = new LinkedBlockingQueue<>();
    try (RawReceiver receiver =
        new RawReceiver(
            it -> {
              got.add(it.readUntil("0\r\n\r\n"));
              it.write("HTTP/1.1 204 No Content\r\n\r\n");
            })) {
      answered(call(receiver, upload(-1, "abc", "de"), new Bounds())).close();
      assertThat(got.poll(20, TimeUnit.SECONDS))
          .containsIgnoringCase("transfer-encoding: chunked")
          .endsWith("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    }
  }

  @Test
  void aLargeAnswerIsReadPieceByPiece() throws Exception {
    int pieces = 400;
    String piece = "x".repeat(32 << 10);
    try (RawReceiver receiver =
            new RawReceiver(
                it -> {
                  var _ = it.readRequest();
                  it.write(head(pieces * (32 << 10)));
                  for (int i = 0; i < pieces; i++) {
                    it.write(piece);
                  }
                });
        StreamAnswer answer = answered(call(receiver, null, new Bounds()))) {
      long bytes = 0;
      Bytes next = answer.next();
      while (next != null) {
        bytes += next.length();
        next = answer.next();
      }
      assertThat(bytes).isEqualTo(pieces * (32L << 10));
    }
  }

  @Test
  void aReceiverWhoAnswersEarlyIsSentNoMore() throws Exception {
    List<Bytes> asked = new ArrayList<>();
    Pieces endless =
        () -> {
          Bytes piece = Bytes.of(new byte[16 << 10]);
          asked.add(piece);
          return piece;
        };
    try (RawReceiver receiver =
            new RawReceiver(
                it -> {
                  it.readByte();
                  it.write(head(3) + "too");
                  it.waitForEnd();
                });
        StreamAnswer answer = answered(call(receiver, new Upload(ANY, endless), new Bounds()))) {
      assertThat(answer.rest(100).toUtf8()).isEqualTo("too");
      assertThat(asked.size()).isLessThan((int) (ANY / (16 << 10)));
    }
  }

  @Test
  void aSourceThatBreaksResetsTheRequest() throws Exception {
    BlockingQueue<String> got = new LinkedBlockingQueue<>();
    Pieces broken =
        new Pieces() {
          private boolean isBegun;

          @Override
          public Bytes next() {
            if (isBegun) {
              throw new BrokenStreamException(Fault.GONE);
            }
            isBegun = true;
            return Bytes.utf8("abc");
          }
        };
    try (RawReceiver receiver =
        new RawReceiver(
            it -> {
              try {
                it.waitForEnd();
              } finally {
                got.add("ended");
              }
            })) {
      assertThatThrownBy(
              () -> streams.exchange(call(receiver, new Upload(100, broken), new Bounds())))
          .isInstanceOfSatisfying(
              BrokenStreamException.class, e -> assertThat(e.fault()).isEqualTo(Fault.GONE));
      assertThat(got.poll(20, TimeUnit.SECONDS)).isEqualTo("ended");
    }
    isFreeAgain();
  }

  @Test
  void whoeverDoesNotAnswerMeetsTheDeadline() throws Exception {
    try (RawReceiver receiver = new RawReceiver(RawReceiver.Conversation::waitForEnd)) {
      assertThat(failure(call(receiver, upload(1, "a"), new Bounds(SHORT, LONG, ANY))))
          .isEqualTo(Failure.TIMEOUT);
      assertThat(failure(call(receiver, upload(1, "a"), new Bounds(LONG, SHORT, ANY))))
          .isEqualTo(Failure.TIMEOUT);
    }
    isFreeAgain();
  }

  @Test
  void anAnswerThatStopsMeetsTheStall() throws Exception {
    try (RawReceiver receiver =
            new RawReceiver(
                it -> {
                  var _ = it.readRequest();
                  it.write(head(100) + "abc");
                  it.waitForEnd();
                });
        StreamAnswer answer = answered(call(receiver, null, new Bounds(LONG, SHORT, ANY)))) {
      assertThat(fault(answer)).isEqualTo(Fault.TOO_SLOW);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsNoEnd() throws Exception {
    try (RawReceiver receiver =
            new RawReceiver(
                it -> {
                  var _ = it.readRequest();
                  it.write(head(100) + "abc");
                });
        StreamAnswer answer = answered(call(receiver, null, new Bounds()))) {
      assertThat(fault(answer)).isEqualTo(Fault.GONE);
    }
    isFreeAgain();
  }

  @Test
  void anAnswerOverItsLimitBreaks() throws Exception {
    try (RawReceiver receiver =
            new RawReceiver(
                it -> {
                  var _ = it.readRequest();
                  it.write(head(100) + "x".repeat(100));
                });
        StreamAnswer answer = answered(call(receiver, null, new Bounds(LONG, LONG, 99)))) {
      assertThat(fault(answer)).isEqualTo(Fault.TOO_LARGE);
    }
  }

  @Test
  void addressesAreChecked() throws Exception {
    for (String url : List.of("http://169.254.169.254/x", "http://127.0.0.2/x", "file:///x")) {
      StreamCall call =
          new StreamCall("GET", URI.create(url), Map.of(), null, new Bounds().toBounds());
      assertThat(failure(call)).isEqualTo(Failure.ADDRESS_REFUSED);
    }
  }

  /// The settings let one request through at a time and let none wait.
  private void isFreeAgain() throws IOException, InterruptedException {
    try (RawReceiver receiver = RawReceiver.friendly()) {
      answered(call(receiver, upload(1, "a"), new Bounds())).close();
      answered(call(receiver, upload(1, "a"), new Bounds())).close();
    }
  }

  private static @Nullable Fault fault(StreamAnswer answer) throws InterruptedException {
    try {
      var _ = answer.rest(1000);
      return null;
    } catch (BrokenStreamException e) {
      return e.fault();
    }
  }

  private Failure failure(StreamCall call) throws InterruptedException {
    if (streams.exchange(call) instanceof StreamResult.Failed(Failure failure, String detail)) {
      assertThat(detail).isNotBlank();
      return failure;
    }
    throw new AssertionError("answered");
  }

  private StreamAnswer answered(StreamCall call) throws InterruptedException {
    return switch (streams.exchange(call)) {
      case StreamResult.Answered(StreamAnswer answer) -> answer;
      case StreamResult.Failed failed -> throw new AssertionError(failed.toString());
    };
  }

  private static StreamCall call(RawReceiver receiver, @Nullable Upload upload, Bounds bounds) {
    return new StreamCall(
        upload == null ? "GET" : "POST",
        URI.create("http://127.0.0.1:" + receiver.port() + "/media?a=1"),
        Map.of("X-Own", "1"),
        upload,
        bounds.toBounds());
  }

  private static Upload upload(long length, String... pieces) {
    BlockingQueue<String> rest = new LinkedBlockingQueue<>(List.of(pieces));
    return new Upload(
        length,
        () -> {
          String piece = rest.poll();
          return piece == null ? null : Bytes.of(piece.getBytes(StandardCharsets.ISO_8859_1));
        });
  }

  private static String head(int length) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
  }

  private record Bounds(Duration deadline, Duration stall, long maxAnswerBytes) {

    Bounds() {
      this(LONG, LONG, ANY);
    }

    StreamCall.Bounds toBounds() {
      return new StreamCall.Bounds(deadline, stall, maxAnswerBytes);
    }
  }
}
