package dev.chasqui.api.graph;

import dev.chasqui.api.Callbacks;
import dev.chasqui.api.ResourceChanged;
import dev.chasqui.json.Json;
import dev.chasqui.store.ResourceStore;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/{app_id}/subscriptions`: the application's callback. Every field is forwarded, so the list of
/// fields is accepted and not kept.
final class AppSubscriptions {

  private static final String OBJECT = "whatsapp_business_account";
  private static final String URL_PARAMETER = "callback_url";

  private final ResourceStore resources;
  private final Callbacks callbacks;
  private final CallbackCheck check;
  private final ResourceChanged changed;

  AppSubscriptions(
      ResourceStore resources, Callbacks callbacks, CallbackCheck check, ResourceChanged changed) {
    this.resources = resources;
    this.callbacks = callbacks;
    this.check = check;
    this.changed = changed;
  }

  ObjectNode post(GraphCall call) throws InterruptedException {
    String id = appId(call);
    GraphParameters parameters = call.parameters();
    if (!OBJECT.equals(parameters.text("object"))) {
      throw GraphException.parameter("Param object must be " + OBJECT);
    }
    String url = parameters.text(URL_PARAMETER);
    if (url == null || url.isEmpty()) {
      throw GraphException.parameter("Param " + URL_PARAMETER + " is required");
    }
    String token = parameters.text("verify_token");
    URI callback =
        check.check(
            new CallbackCheck.Wanted(URL_PARAMETER, url, token, CallbackCheck.MAX_APPLICATION));
    check.shakeHands(callback, token);
    resources.inOneStep(
        () -> {
          resources.putApp(new ResourceStore.App(call.workspace(), id));
          return callbacks.set(Callbacks.application(call.workspace()), callback);
        });
    changed.changed();
    return GraphApi.success();
  }

  ObjectNode get(GraphCall call) {
    var _ = appId(call);
    ArrayNode data = Json.array();
    Optional<URI> url = callbacks.url(Callbacks.application(call.workspace()));
    url.ifPresent(
        it -> {
          ObjectNode line = data.addObject();
          line.put("object", OBJECT);
          line.put(URL_PARAMETER, it.toString());
          line.put("active", true);
          line.putArray("fields");
        });
    ObjectNode answer = Json.object();
    answer.set("data", data);
    return answer;
  }

  ObjectNode delete(GraphCall call) {
    var _ = appId(call);
    call.parameters().allowOnly(Set.of("object", "fields"));
    callbacks.clear(Callbacks.application(call.workspace()));
    changed.changed();
    return GraphApi.success();
  }

  /// A workspace has one application; the first call says which.
  private String appId(GraphCall call) {
    call.refuseUnlessFor("");
    String id = call.id("app_id");
    Optional<ResourceStore.App> app = resources.app(call.workspace());
    if (app.isPresent() && !app.get().id().equals(id)) {
      throw GraphException.unknown("application", id);
    }
    return id;
  }
}
