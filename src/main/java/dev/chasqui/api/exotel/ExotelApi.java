package dev.chasqui.api.exotel;

import dev.chasqui.http.LoginGuard;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Routes;
import dev.chasqui.json.Json;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.operations.ExotelReceivers;
import dev.chasqui.operations.ExotelReceivers.Kind;
import dev.chasqui.operations.Handshake;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.SourceStore;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// Exotel's interface to an account's webhook (seed 004), on the public listener: `PUT|GET|DELETE
/// /v2/accounts/{sid}/whatsapp/webhook` with HTTP Basic and the account's key and token. The two
/// URLs become ordinary endpoints (docs/exotel-configuration.md).
public final class ExotelApi {

  private static final int MAX_BODY_BYTES = 64 << 10;
  private static final String PATH = "/v2/accounts/{sid}/whatsapp/webhook";

  private final ExotelGate gate;
  private final WebhookBody bodies;
  private final ExotelReceivers receivers;
  private final Consumer<EndpointId> deadLetter;
  private final Verification verification;
  private final ResourceChanged changed;

  /// What it stands on.
  ///
  /// @param accounts senders other than Meta: the store's, or something in front of it
  /// @param changed told after every change
  /// @param random where challenges and request ids come from; hard to guess
  /// @param logins whom wrong logins are counted against
  public record Context(
      SourceStore accounts,
      ExotelReceivers receivers,
      Consumer<EndpointId> deadLetter,
      Sender sender,
      ResourceChanged changed,
      RandomGenerator random,
      LoginGuard logins) {}

  public ExotelApi(Context context) {
    this.gate = new ExotelGate(context.accounts(), context.logins(), context.random());
    this.bodies = new WebhookBody(context.sender());
    this.receivers = context.receivers();
    this.deadLetter = context.deadLetter();
    this.verification =
        new Verification(
            new Handshake(context.sender(), context.random()), context.sender(), context.random());
    this.changed = context.changed();
  }

  /// Adds the routes to a listener.
  public void addTo(Routes routes) {
    routes.blocking("PUT", PATH, MAX_BODY_BYTES, request -> gate.pass(request, this::put));
    routes.blocking("GET", PATH, 0, request -> gate.pass(request, this::get));
    routes.blocking("DELETE", PATH, MAX_BODY_BYTES, request -> gate.pass(request, this::delete));
  }

  private ObjectNode put(Request request, SourceAccount account) throws InterruptedException {
    WebhookBody.Wanted wanted = bodies.read(request.body());
    verification.check(wanted);
    receivers.set(account, Kind.INCOMING, wanted.incoming());
    if (wanted.status() == null) {
      receivers.clear(account, Kind.STATUS, deadLetter);
    } else {
      receivers.set(account, Kind.STATUS, wanted.status());
    }
    changed.changed();
    return told(account);
  }

  private ObjectNode get(Request request, SourceAccount account) {
    if (receivers.url(account, Kind.INCOMING).isEmpty()) {
      throw new ExotelException(Fault.NOT_FOUND, "no webhook is configured for this account");
    }
    return told(account);
  }

  private ObjectNode delete(Request request, SourceAccount account) {
    for (Kind kind : Kind.values()) {
      receivers.clear(account, kind, deadLetter);
    }
    changed.changed();
    return Json.object();
  }

  private ObjectNode told(SourceAccount account) {
    Optional<URI> status = receivers.url(account, Kind.STATUS);
    ObjectNode webhook = Json.object();
    receivers
        .url(account, Kind.INCOMING)
        .ifPresent(url -> webhook.put(WebhookBody.INCOMING, url.toString()));
    webhook.put(WebhookBody.STATUS, status.map(URI::toString).orElse(null));
    ObjectNode data = Json.object();
    data.putObject("whatsapp").set("webhook", webhook);
    return data;
  }
}
