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
import dev.chasqui.sim.TurnShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A strict receiver of Turn's dialect on a free loopback port, which keeps what it gets.
final class TurnInbox implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final EventLoops loops = EventLoops.start(1);
  private final HttpListener listener;
  private final List<Letter> letters = new ArrayList<>();

  /// A delivery.
  ///
  /// @param objections what a strict receiver has against it
  record Letter(Request request, List<String> objections) {

    String header(String name) {
      String value = request.headers().first(name);
      return value == null ? "" : value;
    }

    String subscription() {
      return header("X-Turn-Hook-Subscription");
    }

    boolean isOverFallback() {
      return header("X-Turn-Fallback-Channel").equals("1");
    }

    JsonNode body() {
      return Json.read(request.body());
    }

    String text() {
      return request.body().toUtf8();
    }
  }

  TurnInbox() {
    Routes routes = new Routes().blocking("POST", "/hook", 8 << 20, this::take);
    listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            routes,
            ErrorTable.standard(),
            ServerEvents.NONE);
  }

  String url() {
    return "http://127.0.0.1:" + listener.port() + "/hook";
  }

  private synchronized Response take(Request request) {
    letters.add(new Letter(request, new TurnShape().objections(request)));
    notifyAll();
    return Response.empty(200);
  }

  synchronized List<Letter> letters() {
    return List.copyOf(letters);
  }

  /// Waits for the first delivery that is as wished.
  ///
  /// @throws AssertionError if there is none within the limit
  synchronized Letter await(String wish, Predicate<Letter> isGranted) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      for (Letter letter : letters) {
        if (isGranted.test(letter)) {
          return letter;
        }
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("not within the limit: " + wish + "; got " + letters.size());
      }
      wait(left);
    }
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
  }
}
