package dev.chasqui.api.turn;

import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonBody;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Url;
import dev.chasqui.operations.Caller;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.TurnReceiver;
import dev.chasqui.outbound.Sender;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/settings/application`: the primary webhook, the only one of Turn's settings that has a
/// meaning here. Others that stand beside it are passed over.
public final class ApplicationSettings implements TurnPart {

  private static final String PATH = "/v1/settings/application";
  private static final String WEBHOOKS = "webhooks";
  private static final String URL = WEBHOOKS + ".url";
  private static final int MAX_BODY_BYTES = 64 << 10;
  private static final int MAX_URL = 2_048;

  private final TurnReceiver receiver;
  private final Consumer<EndpointId> deadLetter;
  private final Sender sender;
  private final ResourceChanged changed;

  /// @param deadLetter makes dead letters of what waits for an endpoint that goes
  /// @param sender judges URLs
  /// @param changed told after every change
  public ApplicationSettings(
      TurnReceiver receiver,
      Consumer<EndpointId> deadLetter,
      Sender sender,
      ResourceChanged changed) {
    this.receiver = receiver;
    this.deadLetter = deadLetter;
    this.sender = sender;
    this.changed = changed;
  }

  @Override
  public void addTo(TurnRoutes routes) {
    routes.add("GET", PATH, 0, this::get);
    routes.add("PATCH", PATH, MAX_BODY_BYTES, this::patch);
    routes.add("DELETE", PATH, MAX_BODY_BYTES, this::delete);
  }

  private Response get(TurnCall call) {
    TurnCaller caller = caller(call);
    Optional<URI> url = receiver.url(caller.workspace(), caller.phoneNumberId());
    ObjectNode answer = Json.object();
    answer
        .putObject("settings")
        .putObject("application")
        .putObject(WEBHOOKS)
        .put("url", url.map(URI::toString).orElse(null));
    return TurnAnswer.of(200, answer);
  }

  private Response patch(TurnCall call) throws InterruptedException {
    TurnCaller caller = caller(call);
    JsonBody body = call.body();
    if (!body.mentions(URL)) {
      body.problem(URL, JsonBody.MISSING);
    }
    String text = body.text(URL).orElse("").strip();
    TurnCall.check(body);
    if (text.isEmpty()) {
      return delete(call);
    }
    URI url = url(body, text);
    TurnCall.check(body);
    receiver.set(caller.workspace(), caller.phoneNumberId(), url);
    changed.changed();
    return TurnAnswer.done();
  }

  private Response delete(TurnCall call) {
    TurnCaller caller = caller(call);
    receiver.clear(caller.workspace(), caller.phoneNumberId(), deadLetter);
    changed.changed();
    return TurnAnswer.done();
  }

  /// Faults of the URL are reported to the body.
  private URI url(JsonBody body, String text) throws InterruptedException {
    if (text.length() > MAX_URL) {
      body.problem(URL, "must have at most " + MAX_URL + " characters");
    }
    try {
      URI url = Url.parse(text);
      sender.objection(url).ifPresent(reason -> body.problem(URL, reason));
      return url;
    } catch (URISyntaxException _) {
      body.problem(URL, "must be an absolute http or https URL");
      return URI.create("");
    }
  }

  /// A journey's token sends and sets nothing.
  private static TurnCaller caller(TurnCall call) {
    if (call.caller().kind() != Caller.Kind.API) {
      throw new TurnException(
          403, new TurnFault(1005, "Access denied", "this needs a token of kind api"));
    }
    return call.caller();
  }
}
