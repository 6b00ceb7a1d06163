package dev.chasqui.sim;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.Header;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.http.server.ServerSettings;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// A receiver for people: it takes every delivery, and `GET` at the same address shows the last
/// hundred, newest first, one a line. Safe for use by many threads.
public final class Inbox implements AutoCloseable {

  private static final int MAX_BODY = 8 << 20;
  private static final int MAX_KEPT = 100;

  private final EventLoops loops = EventLoops.start(1);
  private final HttpListener listener;
  private final Deque<Letter> letters = new ArrayDeque<>();

  /// A delivery.
  ///
  /// @param headers those whose names begin with `X-`, by name
  private record Letter(List<Header> headers, Bytes body) {}

  /// Starts on a free loopback port.
  public Inbox() {
    Routes routes =
        new Routes().blocking("POST", "/inbox", MAX_BODY, this::take).get("/inbox", _ -> show());
    this.listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            routes,
            ErrorTable.standard(),
            ServerEvents.NONE);
  }

  /// Where deliveries go.
  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.port() + "/inbox");
  }

  private synchronized Response take(Request request) {
    List<Header> headers =
        request.headers().list().stream()
            .filter(header -> header.name().toUpperCase(Locale.ROOT).startsWith("X-"))
            .sorted(Comparator.comparing(Header::name))
            .toList();
    letters.addFirst(new Letter(headers, request.body()));
    if (letters.size() > MAX_KEPT) {
      letters.removeLast();
    }
    return Response.empty(200);
  }

  private synchronized Response show() {
    StringBuilder text = new StringBuilder();
    for (Letter letter : letters) {
      JsonWriter json = new JsonWriter(1_024).beginObject().name("headers").beginObject();
      letter.headers().forEach(header -> json.member(header.name(), header.value()));
      json.endObject().name("body").compact(letter.body()).endObject();
      text.append(json.bytes().toUtf8()).append('\n');
    }
    return Response.of(200, "application/x-ndjson", Bytes.utf8(text.toString()));
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
  }
}
