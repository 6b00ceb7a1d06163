package dev.chasqui.app;

import dev.chasqui.http.server.HttpListener;
import dev.chasqui.ingress.Ingress;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What `/ready` says beside the reasons why it is not: what is short, or not set up, while the
/// gateway does its work. In fixed words, without secrets or ids.
final class ReadyNotes {

  private final Foundations base;
  private final HttpListener listener;
  private final Ingress ingress;

  /// @param listener the public one
  ReadyNotes(Foundations base, HttpListener listener, Ingress ingress) {
    this.base = base;
    this.listener = listener;
    this.ingress = ingress;
  }

  /// What workspaces need to take Meta's webhooks and have not got.
  List<String> unset() {
    Instant now = base.clock().instant();
    List<String> unset = new ArrayList<>();
    if (base.directory().signingKeys(WorkspaceId.DEFAULT, now).isEmpty()) {
      unset.add(
          "no webhook-signing-secret is set in workspace default: its webhooks are recorded, not"
              + " processed");
    }
    if (base.directory().verifyTokens(WorkspaceId.DEFAULT, now).isEmpty()) {
      unset.add("no meta-verify-token is set in workspace default: Meta's handshake is refused");
    }
    long others = base.directory().workspacesWithoutSigningKey(now);
    if (others > 0) {
      unset.add(
          "workspaces beside default that lack a webhook-signing-secret: %d; Meta's webhooks to them"
              .formatted(others)
              .concat(" are recorded, not processed"));
    }
    return unset;
  }

  List<String> now() {
    List<String> notes = new ArrayList<>(unset());
    if (listener.isShortOfBodyRoom()) {
      notes.add("the budget of unverified bodies is full: slow and large ones are answered 503");
    }
    if (listener.isShortOfConnections()) {
      notes.add("all connections are taken");
    }
    if (ingress.isShortOfRejectQuota()) {
      notes.add("the quota of webhooks that fail verification is used up: they are answered 429");
    }
    return notes;
  }
}
