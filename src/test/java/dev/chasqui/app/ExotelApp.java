package dev.chasqui.app;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A service as it is written for Exotel: it answers verifications in Exotel's way on some paths,
/// in Meta's on another, and keeps what it gets.
final class ExotelApp implements AutoCloseable {

  static final String TOKEN = "open-sesame";

  private final EventLoops loops = EventLoops.start(1);
  private final HttpListener listener;
  private final List<Got> got = new ArrayList<>();

  /// What came in.
  record Got(String path, String signature, Bytes body) {}

  ExotelApp() {
    Routes routes = new Routes();
    for (String path : List.of("/incoming", "/status", "/other")) {
      routes.blocking("POST", path, 1 << 20, this::take);
    }
    routes.get("/hub", ExotelApp::hub);
    routes.blocking("POST", "/deaf", 1 << 20, _ -> Response.text(200, "{\"challenge\":\"no\"}"));
    this.listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            routes,
            ErrorTable.standard(),
            ServerEvents.NONE);
  }

  String url(String path) {
    return "http://127.0.0.1:" + listener.port() + path;
  }

  /// Waits until what came in is as wished.
  ///
  /// @throws AssertionError if it is not within the limit
  synchronized List<Got> await(String wish, Predicate<List<Got>> isGranted)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!isGranted.test(got)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("not within the limit: " + wish + "; got " + got.size());
      }
      wait(left);
    }
    return List.copyOf(got);
  }

  private synchronized Response take(Request request) {
    JsonNode body = Json.read(request.body());
    if ("verification".equals(body.path("type").stringValue(""))) {
      boolean isKnown = TOKEN.equals(body.path("verify_token").stringValue(""));
      String challenge = body.path("challenge").stringValue("");
      return isKnown
          ? Response.json(200, Json.bytes(Json.object().put("challenge", challenge)))
          : Response.empty(403);
    }
    String signature = request.headers().first("X-Exotel-Signature");
    got.add(new Got(request.path(), signature == null ? "" : signature, request.body()));
    notifyAll();
    return Response.empty(200);
  }

  private static Response hub(Request request) {
    String challenge = request.query().first("hub.challenge");
    boolean isKnown = TOKEN.equals(request.query().first("hub.verify_token"));
    return isKnown && challenge != null ? Response.text(200, challenge) : Response.empty(403);
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
  }
}
