package dev.chasqui.app;

import dev.chasqui.dialect.turn.TurnDialect;
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

/// A service's webhook as it is written for Turn: it takes everything and keeps it.
final class TurnApp implements AutoCloseable {

  private final EventLoops loops = EventLoops.start(1);
  private final HttpListener listener;
  private final List<Got> got = new ArrayList<>();

  TurnApp() {
    Routes routes = new Routes().blocking("POST", "/hook", 1 << 20, this::take);
    this.listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            routes,
            ErrorTable.standard(),
            ServerEvents.NONE);
  }

  /// What came in.
  record Got(Request request) {

    String header(String name) {
      String value = request.headers().first(name);
      return value == null ? "" : value;
    }

    JsonNode body() {
      return Json.read(request.body());
    }

    /// The only message in it, missing if it is about something else.
    JsonNode message() {
      return body().path("messages").path(0);
    }

    /// The only status in it, missing if it is about something else.
    JsonNode status() {
      return body().path("statuses").path(0);
    }

    boolean isSigned(String secret) {
      Bytes body = request.body();
      return header("X-Turn-Hook-Signature").equals(TurnDialect.signature(secret, body));
    }
  }

  String url() {
    return "http://127.0.0.1:" + listener.port() + "/hook";
  }

  /// Waits until something came in.
  ///
  /// @return the first of it
  /// @throws AssertionError if it does not come within the limit
  synchronized Got await(String wish, Predicate<Got> isWished) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      for (Got one : got) {
        if (isWished.test(one)) {
          return one;
        }
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("not within the limit: " + wish + "; got " + got.size());
      }
      wait(left);
    }
  }

  private synchronized Response take(Request request) {
    got.add(new Got(request));
    notifyAll();
    return Response.empty(200);
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
  }
}
