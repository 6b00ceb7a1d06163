package dev.chasqui.api.graph;

import dev.chasqui.json.Json;
import dev.chasqui.operations.Callbacks;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.Subscription;
import dev.chasqui.store.ResourceStore.Waba;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/{waba_id}/subscribed_apps`: the subscription to an account, and its override. The bare POST
/// subscribes and takes an override away; only then may a POST with a URL set one (seed 001).
final class SubscribedApps {

  private static final String URI_PARAMETER = "override_callback_uri";
  private static final String TOKEN_PARAMETER = "verify_token";
  private static final String FIELDS_PARAMETER = "subscribed_fields";
  private static final Set<String> OF_A_SUBSCRIPTION = Set.of(URI_PARAMETER, FIELDS_PARAMETER);

  /// The id that is told while the operator has not said one.
  private static final String NO_APP = "0";

  private final ResourceStore resources;
  private final Callbacks callbacks;
  private final Accounts accounts;
  private final CallbackCheck check;
  private final ResourceChanged changed;

  SubscribedApps(
      ResourceStore resources,
      Callbacks callbacks,
      Accounts accounts,
      CallbackCheck check,
      ResourceChanged changed) {
    this.resources = resources;
    this.callbacks = callbacks;
    this.accounts = accounts;
    this.check = check;
    this.changed = changed;
  }

  ObjectNode post(GraphCall call) throws InterruptedException {
    String id = call.id("waba_id");
    call.refuseUnlessFor("");
    accounts.refuseOtherKind(call.workspace(), id, Accounts.Kind.WABA);
    GraphParameters parameters = call.parameters();
    String url = parameters.text(URI_PARAMETER);
    if (url == null || url.isEmpty()) {
      refuseUnlessBare(parameters);
      subscribe(call, id);
    } else {
      override(call, id, url, parameters);
    }
    return GraphApi.success();
  }

  /// A call that takes an override away must be meant so: a name that is misspelt is none of these.
  private static void refuseUnlessBare(GraphParameters parameters) {
    if (parameters.has(TOKEN_PARAMETER)) {
      throw GraphException.parameter(
          "Param " + URI_PARAMETER + " is required with " + TOKEN_PARAMETER);
    }
    parameters.allowOnly(OF_A_SUBSCRIPTION);
  }

  private void subscribe(GraphCall call, String id) {
    Set<String> fields = FieldList.of(call.parameters(), FIELDS_PARAMETER);
    accounts.subscribe(call.workspace(), id, Subscription.SUBSCRIBED, fields);
    callbacks.clear(Callbacks.waba(call.workspace(), id));
    changed.changed();
  }

  private void override(GraphCall call, String id, String url, GraphParameters parameters)
      throws InterruptedException {
    String token = parameters.text(TOKEN_PARAMETER);
    URI callback =
        check.check(
            new CallbackCheck.Wanted(URI_PARAMETER, url, token, CallbackCheck.MAX_OVERRIDE));
    accounts.refuseUnlessSubscribed(accounts.waba(call.workspace(), id));
    check.shakeHands(callback, token);
    callbacks.set(
        Callbacks.waba(call.workspace(), id), callback, FieldList.of(parameters, FIELDS_PARAMETER));
    changed.changed();
  }

  ObjectNode get(GraphCall call) {
    String id = call.id("waba_id");
    call.refuseUnlessFor("");
    Waba waba = accounts.knownWaba(call.workspace(), id);
    ArrayNode data = Json.array();
    if (waba.subscription() == Subscription.SUBSCRIBED) {
      ObjectNode line = Json.object();
      line.set("whatsapp_business_api_data", application(call));
      Callbacks.Place place = Callbacks.waba(call.workspace(), id);
      Optional<URI> override = callbacks.url(place);
      override.ifPresent(url -> line.put(URI_PARAMETER, url.toString()));
      Set<String> fields = override.isPresent() ? callbacks.fields(place) : waba.fields();
      if (!fields.isEmpty()) {
        line.set(FIELDS_PARAMETER, FieldList.told(fields, call));
      }
      data.add(line);
    }
    ObjectNode answer = Json.object();
    answer.set("data", data);
    return answer;
  }

  /// The backlog of an override stays with its endpoint, which is owed nothing more.
  ObjectNode delete(GraphCall call) {
    String id = call.id("waba_id");
    call.refuseUnlessFor("");
    call.parameters().allowOnly(Set.of());
    accounts.knownWaba(call.workspace(), id);
    accounts.subscribe(call.workspace(), id, Subscription.UNSUBSCRIBED, Set.of());
    callbacks.clear(Callbacks.waba(call.workspace(), id));
    changed.changed();
    return GraphApi.success();
  }

  private ObjectNode application(GraphCall call) {
    Optional<ResourceStore.App> app = resources.app(call.workspace());
    String id = app.map(ResourceStore.App::id).orElse(NO_APP);
    ObjectNode data = Json.object();
    data.put("id", id);
    data.put("link", "https://www.facebook.com/games/?app_id=" + id);
    data.put("name", app.map(ResourceStore.App::name).orElse("Chasqui"));
    return data;
  }
}
