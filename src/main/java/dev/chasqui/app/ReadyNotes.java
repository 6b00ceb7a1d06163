package dev.chasqui.app;

import dev.chasqui.http.server.HttpListener;
import dev.chasqui.ingress.Ingress;
import java.util.ArrayList;
import java.util.List;

/// What `/ready` says beside the reasons why it is not: what is short, or not set up, while the
/// gateway does its work. In fixed words, without secrets or ids.
final class ReadyNotes {

  private final HttpListener listener;
  private final Ingress ingress;

  /// @param listener the public one
  ReadyNotes(HttpListener listener, Ingress ingress) {
    this.listener = listener;
    this.ingress = ingress;
  }

  List<String> now() {
    List<String> notes = new ArrayList<>();
    if (listener.isShortOfBodyRoom()) {
      notes.add("the budget of unverified bodies is full: slow and large ones are answered 503");
    }
    if (listener.isShortOfConnections()) {
      notes.add("all connections are taken");
    }
    if (ingress.isShortOfRejectRoom()) {
      notes.add("the room of webhooks that fail verification is full: they are answered 429");
    }
    return notes;
  }
}
