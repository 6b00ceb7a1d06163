package dev.chasqui.app;

import dev.chasqui.http.BrokenStreamException;
import dev.chasqui.http.BrokenStreamException.Fault;
import dev.chasqui.http.EventLoops;
import dev.chasqui.http.Pieces;
import dev.chasqui.http.server.BodySink;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.http.server.ServerSettings;
import dev.chasqui.http.server.StreamLimits;
import dev.chasqui.http.server.StreamReply;
import dev.chasqui.model.Bytes;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The part of the platform that takes files and gives them, which holds none and does as it is
/// told. What came of each upload is told as its length and digest, or as what broke it.
final class FileTown implements AutoCloseable {

  static final int PIECE = 32 << 10;

  private static final StreamLimits LIMITS =
      new StreamLimits(1L << 30, null, Duration.ofSeconds(60));

  final BlockingQueue<String> uploads = new LinkedBlockingQueue<>();
  final BlockingQueue<String> downloads = new LinkedBlockingQueue<>();
  final CountDownLatch mayRead = new CountDownLatch(1);
  volatile boolean readsAtOnce = true;
  volatile boolean breaksInTheMiddle;
  volatile int refusal;
  volatile int pieces = 3;
  volatile String address = "";

  private final EventLoops loops = EventLoops.start(1);
  private final HttpListener listener;

  FileTown() {
    Routes routes =
        new Routes()
            .streaming("POST", "/v24.0/{number}/media", LIMITS, this::take)
            .get("/v24.0/{id}", this::describe)
            .streaming("GET", "/files/{id}", LIMITS, this::give);
    listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            routes,
            ErrorTable.standard(),
            ServerEvents.NONE);
    address = url() + "/files/7";
  }

  String url() {
    return "http://127.0.0.1:" + listener.port();
  }

  private void take(Request head, Pieces body, StreamReply reply) throws Exception {
    if (!readsAtOnce && !mayRead.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody let it read");
    }
    if (refusal > 0) {
      reply.send(
          Response.json(
              refusal, Bytes.utf8("{\"error\":{\"message\":\"(#131053) No\",\"code\":131053}}")));
      return;
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    long length = 0;
    try {
      for (Bytes piece = body.next(); piece != null; piece = body.next()) {
        digest.update(piece.array(), piece.offset(), piece.length());
        length += piece.length();
        if (breaksInTheMiddle) {
          reply.begin(Response.empty(200)).write(Bytes.utf8("{\"id\":"));
          throw new BrokenStreamException(Fault.CLOSED);
        }
      }
    } catch (BrokenStreamException e) {
      uploads.add("broken: " + e.fault());
      throw e;
    }
    uploads.add(length + " " + HexFormat.of().formatHex(digest.digest()));
    reply.send(Response.json(200, Bytes.utf8("{\"id\":\"77\"}")));
  }

  private Response describe(Request request) {
    return Response.json(
        200,
        Bytes.utf8("{\"url\":\"%s\",\"mime_type\":\"image/png\",\"id\":\"7\"}".formatted(address)));
  }

  private void give(Request head, Pieces body, StreamReply reply) throws InterruptedException {
    String length = Long.toString((long) pieces * PIECE);
    BodySink sink =
        reply.begin(Response.of(200, "image/png", Bytes.EMPTY).with("Content-Length", length));
    int given = 0;
    try {
      Bytes piece = Bytes.of(new byte[PIECE]);
      for (; given < pieces; given++) {
        if (breaksInTheMiddle && given > 0) {
          throw new BrokenStreamException(Fault.CLOSED);
        }
        sink.write(piece);
      }
      sink.end();
      downloads.add("given");
    } catch (BrokenStreamException e) {
      downloads.add("broken: " + e.fault());
      throw e;
    }
  }

  @Override
  public void close() {
    mayRead.countDown();
    listener.close();
    loops.close();
  }
}
