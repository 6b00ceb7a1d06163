package dev.chasqui.app;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.http.server.ServerSettings;
import dev.chasqui.model.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A receiver on a free loopback port that keeps what it gets and answers what the test says.
final class Town implements AutoCloseable {

  private final EventLoops loops = EventLoops.start(1);
  private final HttpListener listener;
  private final List<Got> got = new ArrayList<>();
  private volatile int status = 200;

  /// What came in.
  ///
  /// @param replay the header `Chasqui-Replay`, empty if there was none
  record Got(
      String deliveryId,
      String eventId,
      String attempt,
      String signature,
      Bytes body,
      String replay) {

    boolean isReplay() {
      return replay.equals("1");
    }
  }

  Town() {
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

  void answer(int newStatus) {
    status = newStatus;
  }

  synchronized List<Got> got() {
    return List.copyOf(got);
  }

  /// Waits until what came in is as wished.
  ///
  /// @throws AssertionError if it is not within the limit
  synchronized void await(String wish, Predicate<List<Got>> isGranted) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!isGranted.test(got)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("not within the limit: " + wish + "; got " + got.size());
      }
      wait(left);
    }
  }

  private synchronized Response take(Request request) {
    if (status == 200) {
      got.add(
          new Got(
              header(request, "Chasqui-Delivery-Id"),
              header(request, "Chasqui-Event-Id"),
              header(request, "Chasqui-Attempt"),
              header(request, "X-Hub-Signature-256"),
              request.body(),
              header(request, "Chasqui-Replay")));
      notifyAll();
    }
    return Response.empty(status);
  }

  private static String header(Request request, String name) {
    String value = request.headers().first(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
  }
}
