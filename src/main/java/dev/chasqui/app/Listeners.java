package dev.chasqui.app;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.ListenException;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.model.Bytes;
import dev.chasqui.settings.Key;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.Settings;
import dev.chasqui.settings.Type;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;

/// The two listeners. They are bound before anything else is done, so that a port that is taken
/// ends a start that has touched nothing; until the gateway is ready they answer 503 with
/// `Retry-After`.
///
/// @param publicListener the public one
record Listeners(Settings settings, HttpListener publicListener, HttpListener admin) {

  private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

  /// @throws StartException if an address cannot be bound
  static Listeners bind(Settings settings, EventLoops loops, Clock clock, ServerEvents events) {
    HttpListener admin = bind(settings, Keys.ADMIN_ADDRESS, loops, clock, events);
    try {
      return new Listeners(
          settings, bind(settings, Keys.PUBLIC_ADDRESS, loops, clock, events), admin);
    } catch (RuntimeException e) {
      admin.close();
      throw e;
    }
  }

  private static HttpListener bind(
      Settings settings,
      Key<Type.Address> address,
      EventLoops loops,
      Clock clock,
      ServerEvents events) {
    Routes starting = new Routes();
    starting.get("/health", _ -> Health.answer(clock));
    starting.get("/ready", Listeners::starting);
    try {
      return HttpListener.bind(
          loops,
          new PackageSettings(settings).server(address),
          starting,
          ErrorTable.standard(),
          events);
    } catch (ListenException e) {
      String who = e.isInUse() ? " (another Chasqui?)" : "";
      throw new StartException(e.getMessage() + who + "; set " + address.name(), e);
    }
  }

  private static Response starting(Request request) {
    return Response.json(
            503, Bytes.utf8("{\"ok\":false,\"ready\":false,\"problems\":[\"starting\"]}"))
        .with("Retry-After", "1");
  }

  /// Begins to take what they are for.
  void open(Routes publicRoutes, Routes adminRoutes) {
    admin.open(adminRoutes);
    publicListener.open(publicRoutes);
    tellIfOthersReach(Keys.ADMIN_ADDRESS, admin);
    tellIfOthersReach(Keys.PUBLIC_ADDRESS, publicListener);
  }

  private void tellIfOthersReach(Key<Type.Address> address, HttpListener listener) {
    String host = settings.get(address).host();
    if (!isLoopback(host)) {
      LOG.log(
          System.Logger.Level.INFO,
          address.name() + " listens on " + host + ":" + listener.port() + ", reachable by others");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /// For example `http://127.0.0.1:8080`.
  String publicUrl() {
    return url(Keys.PUBLIC_ADDRESS, publicListener);
  }

  /// For example `http://127.0.0.1:8081`.
  String adminUrl() {
    return url(Keys.ADMIN_ADDRESS, admin);
  }

  private String url(Key<Type.Address> key, HttpListener listener) {
    return "http://" + new Type.Address(settings.get(key).host(), listener.port());
  }
}
