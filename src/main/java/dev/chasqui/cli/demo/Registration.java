package dev.chasqui.cli.demo;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.ReceiverSite;
import dev.chasqui.sim.SampleReceiver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Tells the gateway about businesses and receivers: callbacks as one would tell Meta, over the
/// Graph API, and subscribers over the admin API.
final class Registration {

  /// Where Turn's webhooks come in, and Exotel's.
  static final String TURN_CHANNEL = "5b6f2c1e-0000-4000-8000-00000000c11c";

  static final String EXOTEL_ACCOUNT = "demo-depot";

  private static final String GRAPH = "/v25.0/";

  private final ApiClient admin;
  private final ApiClient graph;
  private final ReceiverSite site;
  private final String verifyToken;

  Registration(ApiClient admin, ApiClient graph, ReceiverSite site, String verifyToken) {
    this.admin = admin;
    this.graph = graph;
    this.site = site;
    this.verifyToken = verifyToken;
  }

  /// @return the endpoints' ids, by the subscribers' names
  Map<String, String> register(Cast cast) throws InterruptedException {
    for (Business business :
        List.of(Cast.SHOP, Cast.DESK, Cast.BRANCH, Cast.CLINIC, Cast.DEPOT, Cast.CLUB)) {
      number(business);
    }
    application(cast.callbacks().application());
    waba(cast.callbacks().waba());
    phoneNumber(cast.callbacks().phoneNumber());
    sources(cast.secrets());
    Map<String, String> endpoints = new HashMap<>();
    for (Subscriber subscriber : cast.subscribers().all()) {
      endpoints.put(subscriber.name(), subscriber(subscriber));
    }
    return endpoints;
  }

  /// Opens the club's other way.
  ///
  /// @return where its bridge is to tell what it knows
  String otherWay(String url, String secret) throws InterruptedException {
    Bytes answer =
        admin.put(
            "/api/v1/phone-numbers/" + Cast.CLUB.phoneNumberId() + "/fallback",
            object(json -> json.member("url", url).member("secret", secret)));
    return Json.read(answer).path("path").asString();
  }

  /// @return what a service of the club sends with
  String token() throws InterruptedException {
    Bytes answer =
        admin.post(
            "/api/v1/tokens",
            object(
                json ->
                    json.member("kind", "api").member("phoneNumberId", Cast.CLUB.phoneNumberId())));
    return Json.read(answer).path("token").asString();
  }

  private void sources(Cast.SourceSecrets secrets) throws InterruptedException {
    admin.put(
        "/api/v1/turn-channels/" + TURN_CHANNEL,
        object(
            json ->
                json.member("phoneNumberId", Cast.CLINIC.phoneNumberId())
                    .member("secret", secrets.turn())));
    admin.put(
        "/api/v1/exotel-accounts/" + EXOTEL_ACCOUNT,
        object(
            json ->
                json.member("apiKey", "demo")
                    .member("apiToken", "demo")
                    .member("phoneNumberId", Cast.DEPOT.phoneNumberId())
                    .member("signingSecret", secrets.exotel())));
  }

  private void number(Business business) throws InterruptedException {
    admin.put("/api/v1/wabas/" + business.wabaId(), object(json -> json.member("name", "Demo")));
    admin.put(
        "/api/v1/phone-numbers/" + business.phoneNumberId(),
        object(
            json ->
                json.member("wabaId", business.wabaId())
                    .member("displayPhoneNumber", business.displayPhoneNumber())));
    graph.post(GRAPH + business.wabaId() + "/subscribed_apps", Bytes.utf8("{}"));
  }

  private void application(SampleReceiver receiver) throws InterruptedException {
    String url = site.open(receiver).toString();
    admin.put(
        "/api/v1/app",
        object(
            json ->
                json.member("id", "415500000000001")
                    .member("callbackUrl", url)
                    .member("verifyToken", verifyToken)));
  }

  private void waba(SampleReceiver receiver) throws InterruptedException {
    String url = site.open(receiver).toString();
    graph.post(
        GRAPH + Cast.BRANCH.wabaId() + "/subscribed_apps", object(json -> override(json, url)));
  }

  private void phoneNumber(SampleReceiver receiver) throws InterruptedException {
    String url = site.open(receiver).toString();
    graph.post(
        GRAPH + Cast.DESK.phoneNumberId(),
        object(
            json -> {
              json.name("webhook_configuration").beginObject();
              override(json, url);
              json.endObject();
            }));
  }

  private void override(JsonWriter json, String url) {
    json.member("override_callback_uri", url).member("verify_token", verifyToken);
  }

  private String subscriber(Subscriber subscriber) throws InterruptedException {
    String url = site.open(subscriber.receiver()).toString();
    Bytes answer =
        admin.post(
            "/api/v1/endpoints",
            object(
                json -> {
                  json.member("name", subscriber.name());
                  json.member("dialect", subscriber.dialect().wire());
                  json.member("url", url).member("secret", subscriber.secret());
                  subscriber.wish().told().accept(json);
                  policy(json, subscriber.waits());
                }));
    return Json.read(answer).path("id").asString();
  }

  private static void policy(JsonWriter json, List<String> waits) {
    if (!waits.isEmpty()) {
      json.name("policy").beginObject();
      Subscribers.texts(json, "schedule", waits);
      json.endObject();
    }
  }

  private static Bytes object(Consumer<JsonWriter> members) {
    JsonWriter json = new JsonWriter(512).beginObject();
    members.accept(json);
    return json.endObject().bytes();
  }
}
