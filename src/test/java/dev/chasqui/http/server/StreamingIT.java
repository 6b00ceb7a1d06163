package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.BrokenStreamException;
import dev.chasqui.http.BrokenStreamException.Fault;
import dev.chasqui.http.EventLoops;
import dev.chasqui.http.Pieces;
import dev.chasqui.http.server.ServerEvents.Refusal;
import dev.chasqui.http.server.ServerSettings.Deadlines;
import dev.chasqui.http.server.ServerSettings.Limits;
import dev.chasqui.model.Bytes;
import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Bodies and answers that go piece by piece.
class StreamingIT {

  private static final int MEBIBYTE = 1 << 20;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final String POST = "POST /in HTTP/1.1\r\nHost: a\r\n";
  private static final String GET = "GET /out HTTP/1.1\r\nHost: a\r\n\r\n";

  private final EventLoops loops = EventLoops.start(2);
  private final Recorder events = new Recorder();
  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private HttpListener listener = start(new StreamLimits(64L * MEBIBYTE, null, LONG), this::count);

  @AfterEach
  void stop() {
    go.countDown();
    listener.close();
    loops.close();
  }

  @Test
  void aBodyIsReadPieceByPieceAndTheConnectionGoesOn() throws Exception {
    try (RawClient client = client()) {
      assertThat(upload(client, 3 * MEBIBYTE).body()).isEqualTo("3145728");
      assertThat(upload(client, 5).body()).isEqualTo("5");
      assertThat(
              client
                  .send(POST + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")
                  .read()
                  .body())
          .isEqualTo("3");
      assertThat(client.send(POST + "\r\n").read().body()).isEqualTo("0");
    }
    assertThat(events.answered).containsOnly("POST /in 200");
  }

  @Test
  void aMalformedChunkIsAnswered400() throws Exception {
    for (String chunks : new String[] {"zz\r\n", " 2\r\nab\r\n", "2\r\nab\r\n1 \r\n"}) {
      try (RawClient client = client()) {
        client.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
        assertThat(client.read().status()).as(chunks).isEqualTo(400);
        assertThat(client.isEnded()).isTrue();
      }
    }
    assertThat(listener.drain(LONG)).isTrue();
  }

  /// If nothing held the caller back, all of it would be taken sooner or later.
  @Test
  void aHandlerThatDoesNotReadStopsTheCaller() throws Exception {
    restart(new StreamLimits(256L * MEBIBYTE, null, LONG), this::readOneAndWait);
    try (SocketChannel channel = SocketChannel.open()) {
      channel.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), listener.port()));
      String head = POST + "Content-Length: " + 256 * MEBIBYTE + "\r\n\r\n";
      channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
      channel.configureBlocking(false);
      assertThat(writeUntilStopped(channel, 256L * MEBIBYTE)).isLessThan(128L * MEBIBYTE);
    }
  }

  @Test
  void aBodyOverItsLimitIsRefusedInWordsWhileTheCallerStillSends() throws Exception {
    restart(new StreamLimits(1000, null, LONG), this::count);
    String most = POST + "Content-Length: 900000\r\n\r\n" + "x".repeat(200_000);
    try (RawClient client = client().send(most)) {
      RawClient.Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).contains("the body is over its limit");
      assertThat(answer.head()).containsIgnoringCase("connection: close");
    }
    try (RawClient client = client().send(POST + "Transfer-Encoding: chunked\r\n\r\n")) {
      client.send("500\r\n" + "x".repeat(0x500) + "\r\n");
      assertThat(client.read().status()).isEqualTo(413);
      assertThat(client.isEnded()).isTrue();
    }
    Conditions.until("no request is left", () -> listener.requests() == 0);
  }

  @Test
  void whoeverMayNotSendABodyIsNotAskedForIt() throws Exception {
    restart(
        new StreamLimits(1000, null, LONG),
        (_, _, reply) -> reply.send(Response.text(415, "not this")));
    String head = POST + "Expect: 100-continue\r\nContent-Length: 10\r\n\r\n";
    try (RawClient client = client().send(head)) {
      RawClient.Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(415);
      assertThat(answer.body()).isEqualTo("not this");
    }
    restart(new StreamLimits(1000, null, LONG), this::count);
    try (RawClient client = client().send(head)) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 100");
      assertThat(client.send("0123456789").read().body()).isEqualTo("10");
    }
  }

  @Test
  void aCallerWhoGoesAwayBreaksTheBodyAndLeavesNothing() throws Exception {
    restart(new StreamLimits(1000, null, LONG), this::tellFault);
    try (RawClient _ = client().send(POST + "Content-Length: 100\r\n\r\nxxx")) {
      assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("begun");
    }
    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(Fault.GONE);
    assertThat(listener.drain(Duration.ofSeconds(20))).isTrue();
    Conditions.until("no connection is left", () -> listener.connections() == 0);
  }

  @Test
  void aCallerWhoSendsNothingMoreIsTold408() throws Exception {
    restart(new StreamLimits(1000, null, SHORT), this::count);
    try (RawClient client = client().send(POST + "Content-Length: 100\r\n\r\nxxx")) {
      assertThat(client.read().status()).isEqualTo(408);
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(listener.drain(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void aCallerWhoDripsMeetsTheTotalDeadline() throws Exception {
    restart(new StreamLimits(100_000, SHORT, LONG), this::count);
    try (RawClient client = client().send(POST + "Content-Length: 99999\r\n\r\n").drip('x')) {
      assertThat(client.read().status()).isEqualTo(408);
    }
  }

  @Test
  void anAnswerIsWrittenInParts() throws Exception {
    restart(new StreamLimits(0, null, LONG), (_, _, reply) -> parts(reply, "ab", "cde"));
    try (RawClient client = client().send(GET)) {
      String head = client.readHead();
      assertThat(head).containsIgnoringCase("transfer-encoding: chunked");
      assertThat(client.read(15)).isEqualTo("2\r\nab\r\n3\r\ncde\r\n");
      assertThat(client.read(5)).isEqualTo("0\r\n\r\n");
      client.send(GET.replace("GET", "HEAD"));
      assertThat(client.readHead()).startsWith("HTTP/1.1 200");
      assertThat(client.send(GET).readHead()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void anAnswerOfKnownLengthMustHaveIt() throws Exception {
    restart(
        new StreamLimits(0, null, LONG),
        (_, _, reply) -> {
          BodySink sink = reply.begin(Response.empty(200).with("Content-Length", "5"));
          sink.write(Bytes.utf8("abc"));
          sink.end();
        });
    try (RawClient client = client().send(GET)) {
      assertThat(client.readHead()).contains("Content-Length: 5\r\n");
      assertThat(client.read(3)).isEqualTo("abc");
      assertThat(client.isEnded()).isTrue();
    }
    Conditions.until("no request is left", () -> listener.requests() == 0);
  }

  @Test
  void aHandlerThatFailsInTheMiddleEndsTheConnectionWithoutAnEnd() throws Exception {
    restart(
        new StreamLimits(0, null, LONG),
        (_, _, reply) -> {
          reply.begin(Response.empty(200)).write(Bytes.utf8("abc"));
          throw new IllegalStateException("made up");
        });
    try (RawClient client = client().send(GET)) {
      client.readHead();
      assertThat(client.rest()).doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  void aHandlerThatFailsBeforeIsAnswered500() throws Exception {
    restart(
        new StreamLimits(0, null, LONG),
        (_, _, _) -> {
          throw new IllegalStateException("made up");
        });
    try (RawClient client = client().send(GET)) {
      assertThat(client.read().status()).isEqualTo(500);
    }
  }

  @Test
  void aReaderWhoTakesNothingIsLetGo() throws Exception {
    restart(new StreamLimits(0, null, SHORT), this::writeForEver);
    try (RawClient _ = client().send(GET)) {
      assertThat(told.poll(20, TimeUnit.SECONDS)).isIn(Fault.TOO_SLOW, Fault.GONE);
    }
    assertThat(events.refused).containsExactly(Refusal.STREAM_TOO_SLOW);
    assertThat(listener.drain(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void aStreamIsInFlightUntilItsLastPart() throws Exception {
    restart(
        new StreamLimits(0, null, LONG),
        (_, _, reply) -> {
          BodySink sink = reply.begin(Response.empty(200));
          sink.write(Bytes.utf8("abc"));
          await();
          sink.end();
        });
    try (RawClient client = client().send(GET)) {
      client.readHead();
      listener.stopAccepting();
      assertThat(listener.drain(Duration.ofMillis(1))).isFalse();
      go.countDown();
      assertThat(client.rest()).endsWith("0\r\n\r\n");
      assertThat(listener.drain(Duration.ofSeconds(20))).isTrue();
    }
  }

  @Test
  void noMoreStreamsRunThanAreAllowed() throws Exception {
    restart(new StreamLimits(1000, null, LONG), this::readOneAndWait);
    String upload = POST + "Content-Length: 3\r\n\r\nx";
    try (RawClient _ = client().send(upload);
        RawClient _ = client().send(upload)) {
      told.poll(20, TimeUnit.SECONDS);
      told.poll(20, TimeUnit.SECONDS);
      try (RawClient third = client().send(upload)) {
        assertThat(third.read().status()).isEqualTo(503);
      }
    }
    assertThat(events.refused).containsExactly(Refusal.TOO_MANY_STREAMS);
  }

  private void count(Request head, Pieces body, StreamReply reply) throws InterruptedException {
    assertThat(head.body()).isEqualTo(Bytes.EMPTY);
    long bytes = 0;
    Bytes piece = body.next();
    while (piece != null) {
      bytes += piece.length();
      piece = body.next();
    }
    reply.send(Response.text(200, Long.toString(bytes)));
  }

  private void readOneAndWait(Request head, Pieces body, StreamReply reply)
      throws InterruptedException {
    var _ = body.next();
    told.add("one");
    await();
    reply.send(Response.empty(200));
  }

  private void tellFault(Request head, Pieces body, StreamReply reply) throws InterruptedException {
    try {
      var _ = body.next();
      told.add("begun");
      count(head, body, reply);
    } catch (BrokenStreamException e) {
      told.add(e.fault());
      throw e;
    }
  }

  private void writeForEver(Request head, Pieces body, StreamReply reply)
      throws InterruptedException {
    BodySink sink = reply.begin(Response.empty(200));
    Bytes part = Bytes.of(new byte[64 << 10]);
    try {
      while (true) {
        sink.write(part);
      }
    } catch (BrokenStreamException e) {
      told.add(e.fault());
      throw e;
    }
  }

  private static void parts(StreamReply reply, String... parts) throws InterruptedException {
    BodySink sink = reply.begin(Response.empty(200));
    for (String part : parts) {
      sink.write(Bytes.utf8(part));
    }
    sink.end();
  }

  private void await() throws InterruptedException {
    assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private static long writeUntilStopped(SocketChannel channel, long all) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(64 << 10);
    long written = 0;
    long moved = System.nanoTime();
    while (written < all && System.nanoTime() - moved < TimeUnit.SECONDS.toNanos(1)) {
      int now = channel.write(piece);
      written += now;
      if (now > 0) {
        moved = System.nanoTime();
      } else {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      }
      if (!piece.hasRemaining()) {
        piece.clear();
      }
    }
    return written;
  }

  private static RawClient.Answer upload(RawClient client, int bytes) throws IOException {
    client.send(POST + "Content-Length: " + bytes + "\r\n\r\n");
    return client.send("x".repeat(bytes)).read();
  }

  private void restart(StreamLimits limits, StreamHandler handler) {
    listener.close();
    listener = start(limits, handler);
  }

  private HttpListener start(StreamLimits limits, StreamHandler handler) {
    Routes routes =
        new Routes()
            .streaming("POST", "/in", limits, handler)
            .streaming("GET", "/out", limits, handler);
    Deadlines quick = new Deadlines(Duration.ofMillis(400), LONG, LONG);
    ServerSettings settings =
        new ServerSettings("127.0.0.1", 0, Limits.DEFAULT, quick, List.of(), 2);
    return HttpListener.start(loops, settings, routes, ErrorTable.standard(), events);
  }

  private RawClient client() throws IOException {
    return new RawClient(listener.port());
  }
}
