package dev.chasqui.api.graph;

import dev.chasqui.json.Json;
import dev.chasqui.operations.Callbacks;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.store.ResourceStore;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/{app_id}/subscriptions`: the application's callback, and the fields that it wants.
final class AppSubscriptions {

  private static final String OBJECT = "whatsapp_business_account";
  private static final String OBJECT_PARAMETER = "object";
  private static final String URL_PARAMETER = "callback_url";
  private static final String FIELDS = "fields";

  private final ResourceStore resources;
  private final Accounts accounts;
  private final Callbacks callbacks;
  private final CallbackCheck check;
  private final ResourceChanged changed;

  AppSubscriptions(
      ResourceStore resources,
      Accounts accounts,
      Callbacks callbacks,
      CallbackCheck check,
      ResourceChanged changed) {
    this.resources = resources;
    this.accounts = accounts;
    this.callbacks = callbacks;
    this.check = check;
    this.changed = changed;
  }

  ObjectNode post(GraphCall call) throws InterruptedException {
    String id = appId(call);
    GraphParameters parameters = call.parameters();
    if (!OBJECT.equals(parameters.text(OBJECT_PARAMETER))) {
      throw GraphException.parameter("Param object must be " + OBJECT);
    }
    Set<String> fields = FieldList.of(parameters, FIELDS);
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
          if (resources.app(call.workspace()).isEmpty()) {
            resources.putApp(new ResourceStore.App(call.workspace(), id));
          }
          return callbacks.set(Callbacks.application(call.workspace()), callback, fields);
        });
    changed.changed();
    return GraphApi.success();
  }

  ObjectNode get(GraphCall call) {
    var _ = appId(call);
    ArrayNode data = Json.array();
    Callbacks.Place place = Callbacks.application(call.workspace());
    Optional<URI> url = callbacks.url(place);
    url.ifPresent(
        it -> {
          ObjectNode line = data.addObject();
          line.put("object", OBJECT);
          line.put(URL_PARAMETER, it.toString());
          line.put("active", true);
          line.set(FIELDS, FieldList.told(callbacks.fields(place), call));
        });
    ObjectNode answer = Json.object();
    answer.set("data", data);
    return answer;
  }

  /// Takes the subscription to an object off, or some fields of it; the other objects that Meta
  /// knows are never subscribed here.
  ObjectNode delete(GraphCall call) {
    var _ = appId(call);
    GraphParameters parameters = call.parameters();
    parameters.allowOnly(Set.of(OBJECT_PARAMETER, FIELDS));
    String object = parameters.text(OBJECT_PARAMETER);
    if (object == null || object.equals(OBJECT)) {
      takeOff(Callbacks.application(call.workspace()), FieldList.of(parameters, FIELDS));
      changed.changed();
    }
    return GraphApi.success();
  }

  private void takeOff(Callbacks.Place place, Set<String> fields) {
    if (fields.isEmpty()) {
      callbacks.clear(place);
    } else {
      callbacks.changeFields(place, former -> FieldList.without(former, fields));
    }
  }

  /// A workspace has one application; the first call says which.
  private String appId(GraphCall call) {
    call.refuseUnlessFor("");
    String id = call.id("app_id");
    accounts.refuseOtherKind(call.workspace(), id, Accounts.Kind.APPLICATION);
    Optional<ResourceStore.App> app = resources.app(call.workspace());
    if (app.isPresent() && !app.get().id().equals(id)) {
      throw GraphException.unknown("application", id);
    }
    return id;
  }
}
