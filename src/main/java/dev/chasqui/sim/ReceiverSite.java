package dev.chasqui.sim;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.http.server.ServerSettings;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Sample receivers at one loopback address, each below a path of its own.
public final class ReceiverSite implements AutoCloseable {

  private static final int MAX_BODY = 8 << 20;

  private final Map<String, SampleReceiver> receivers = new ConcurrentHashMap<>();
  private final EventLoops loops;
  private final HttpListener listener;

  /// Starts on a free port.
  public ReceiverSite() {
    Routes routes =
        new Routes()
            .get("/{name}", request -> receiver(request).shakeHands(request))
            .blocking("POST", "/{name}", MAX_BODY, request -> receiver(request).take(request));
    loops = EventLoops.start(1);
    listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            routes,
            ErrorTable.standard(),
            ServerEvents.NONE);
  }

  /// Opens a receiver.
  ///
  /// @return its address
  public URI open(SampleReceiver receiver) {
    receivers.put(receiver.name(), receiver);
    return URI.create("http://127.0.0.1:" + listener.port() + "/" + receiver.name());
  }

  private SampleReceiver receiver(Request request) {
    SampleReceiver receiver = receivers.get(request.parameter("name"));
    if (receiver == null) {
      throw new ProblemException(404, "Not found", "there is no such receiver");
    }
    return receiver;
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
  }
}
