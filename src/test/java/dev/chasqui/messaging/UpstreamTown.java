package dev.chasqui.messaging;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.http.server.ServerSettings;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// The platform's way to send, on a free loopback port. It takes every message and numbers it,
/// unless a test says otherwise.
public final class UpstreamTown implements AutoCloseable {

  private static final int LIMIT_SECONDS = 90;

  private final EventLoops loops = EventLoops.start(1);
  private final HttpListener listener;
  private final List<Got> got = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Conduct conduct = UpstreamTown::take;

  /// One request that came in.
  ///
  /// @param number from 1
  public record Got(int number, String path, String authorization, Bytes body) {

    /// A member of the document, empty if it is missing.
    public String text(String name) {
      return document().path(name).asString("");
    }

    /// The document.
    public JsonNode document() {
      return Json.read(body);
    }
  }

  /// What becomes of a request.
  @FunctionalInterface
  public interface Conduct {
    Response answer(Got got) throws Exception;
  }

  public UpstreamTown() {
    Routes routes =
        new Routes()
            .blocking("POST", "/{version}/{number}/messages", 2 << 20, this::serve)
            .blocking("POST", "/{number}/messages", 2 << 20, this::serve);
    listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            routes,
            ErrorTable.standard(),
            ServerEvents.NONE);
  }

  /// Takes a message.
  public static Response take(Got got) {
    String to = got.text("to");
    return Response.json(
        200,
        Bytes.utf8(
            "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"%s\",\"wa_id\":\"%s\"}],"
                    .formatted(to, to.replaceAll("[^0-9]", ""))
                + "\"messages\":[{\"id\":\"wamid.%d\"}]}".formatted(got.number())));
  }

  /// Graph's error envelope.
  public static Response refuse(int status, int code, String message) {
    return Response.json(
        status,
        Bytes.utf8(
            "{\"error\":{\"message\":\"(#%d) %s\",\"type\":\"OAuthException\",\"code\":%d,"
                    .formatted(code, message, code)
                + "\"fbtrace_id\":\"A1\"}}"));
  }

  /// Answers nothing until this closes; whoever asked gives up before.
  public Response hang(Got got) throws InterruptedException {
    closing.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    return take(got);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.port());
  }

  public void conduct(Conduct next) {
    conduct = next;
  }

  public synchronized List<Got> got() {
    return List.copyOf(got);
  }

  /// Waits until so many requests came in.
  public synchronized void await(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (got.size() < count) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("only " + got.size() + " of " + count + " requests came");
      }
      wait(left);
    }
  }

  private Response serve(Request request) throws Exception {
    return conduct.answer(note(request));
  }

  private synchronized Got note(Request request) {
    String authorization = request.headers().first("Authorization");
    Got one =
        new Got(
            got.size() + 1,
            request.path(),
            authorization == null ? "" : authorization,
            request.body());
    got.add(one);
    notifyAll();
    return one;
  }

  @Override
  public void close() {
    closing.countDown();
    listener.close();
    loops.close();
  }
}
