package dev.chasqui.http.server;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A request's header fields. Reads what the parser holds and copies nothing before it is asked for
/// the list. Names are compared without regard to case. Safe for use by many threads.
public final class Headers {

  private final MultiMap received;

  private Headers(MultiMap received) {
    this.received = received;
  }

  static Headers received(MultiMap received) {
    return new Headers(received);
  }

  /// Headers that did not come from a socket.
  public static Headers of(List<Header> headers) {
    MultiMap map = io.vertx.core.http.HttpHeaders.headers();
    headers.forEach(header -> map.add(header.name(), header.value()));
    return new Headers(map);
  }

  /// The first value of a name, null if there is none.
  public @Nullable String first(String name) {
    return received.get(name);
  }

  /// All values of a name, in received order.
  public List<String> all(String name) {
    return List.copyOf(received.getAll(name));
  }

  /// All fields in received order, names as received.
  public List<Header> list() {
    List<Header> list = new ArrayList<>();
    forEach((name, value) -> list.add(new Header(name, value)));
    return list;
  }

  /// Tells the name and value of each field in received order, names as received.
  public void forEach(BiConsumer<String, String> field) {
    received.forEach(field);
  }

  @Override
  public String toString() {
    return received.size() + " headers";
  }
}
