package dev.chasqui.api;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.client.ClientSettings;
import dev.chasqui.http.client.HttpSender;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.http.server.ServerSettings;
import dev.chasqui.model.Cidr;
import dev.chasqui.outbound.Sender;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/// A listener with the routes of a test, and beside them callbacks that behave well and badly. The
/// way out is the real one, with loopback allowed.
public final class Playground implements AutoCloseable {

  /// The verify token that the good callbacks know.
  public static final String TOKEN = "my voice is+my passport?";

  private final EventLoops loops = EventLoops.start(1);
  private final HttpSender sender =
      HttpSender.start(loops, ClientSettings.DEFAULT.allowing(List.of(Cidr.parse("127.0.0.0/8"))));
  private final AtomicInteger handshakes = new AtomicInteger();
  private final HttpListener listener;

  /// @param own adds the routes under test, with the sender under their way out
  public Playground(BiConsumer<Routes, Sender> own) {
    Routes routes = new Routes();
    own.accept(routes, sender);
    routes.get("/callbacks/good/{name}", this::good);
    routes.get("/callbacks/missing", _ -> Response.text(404, "nothing here"));
    routes.get("/callbacks/quoting", it -> Response.text(200, '"' + challenge(it) + '"'));
    routes.get("/callbacks/redirecting", _ -> Response.empty(302).with("Location", "/"));
    this.listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            routes,
            ErrorTable.standard(),
            ServerEvents.NONE);
  }

  private Response good(Request request) {
    handshakes.incrementAndGet();
    boolean asked = "subscribe".equals(request.query().first("hub.mode"));
    boolean knows = TOKEN.equals(request.query().first("hub.verify_token"));
    return asked && knows ? Response.text(200, challenge(request)) : Response.empty(403);
  }

  private static String challenge(Request request) {
    return String.valueOf(request.query().first("hub.challenge"));
  }

  /// Where the listener is.
  public String base() {
    return "http://127.0.0.1:" + listener.port();
  }

  /// A callback that passes its handshake.
  public String good(String name) {
    return base() + "/callbacks/good/" + name;
  }

  /// A callback that does not.
  public String bad(String kind) {
    return base() + "/callbacks/" + kind;
  }

  /// How often good callbacks were asked.
  public int handshakes() {
    return handshakes.get();
  }

  @Override
  public void close() {
    listener.close();
    sender.close();
    loops.close();
  }
}
