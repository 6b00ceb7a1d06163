package dev.chasqui.cli.demo;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.ReceiverSecret;
import dev.chasqui.sim.ReceiverSite;
import dev.chasqui.sim.SampleReceiver;
import java.util.List;
import java.util.function.Consumer;

/// Tells the gateway about businesses and receivers: callbacks as one would tell Meta, over the
/// Graph API, and subscribers over the admin API.
final class Registration {

  private static final String GRAPH = "/v25.0/";
  private static final List<String> BOT_WAITS = List.of("PT0.3S", "PT0.5S", "PT1S", "PT2S");

  /// How often the archive is tried again before its deliveries are dead.
  static final List<String> ARCHIVE_WAITS = List.of("PT0.2S", "PT0.4S");

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

  void register(Cast cast) throws InterruptedException {
    for (Business business : List.of(Cast.SHOP, Cast.DESK, Cast.BRANCH)) {
      number(business);
    }
    application(cast.callbacks().application());
    waba(cast.callbacks().waba());
    phoneNumber(cast.callbacks().phoneNumber());
    subscriber(cast.crm(), cast.secrets().crm(), _ -> {});
    subscriber(cast.bot(), cast.secrets().bot(), Registration::onlyMessagesOfTheDesk);
    subscriber(cast.archive(), cast.secrets().archive(), Registration::onlyWhatIsArchived);
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

  private void subscriber(
      SampleReceiver receiver, ReceiverSecret.Standard secret, Consumer<JsonWriter> wishes)
      throws InterruptedException {
    String url = site.open(receiver).toString();
    admin.post(
        "/api/v1/endpoints",
        object(
            json -> {
              json.member("name", receiver.name()).member("dialect", "standard");
              json.member("url", url).member("secret", secret.text());
              wishes.accept(json);
            }));
  }

  private static void onlyMessagesOfTheDesk(JsonWriter json) {
    json.name("scope").beginObject();
    json.member("phoneNumberId", Cast.DESK.phoneNumberId()).endObject();
    json.name("filters").beginObject();
    texts(json, "fields", List.of("messages"));
    json.endObject();
    policy(json, BOT_WAITS);
  }

  private static void onlyWhatIsArchived(JsonWriter json) {
    json.name("filters").beginObject();
    texts(json, "fields", Cast.ARCHIVED);
    json.endObject();
    policy(json, ARCHIVE_WAITS);
  }

  private static void policy(JsonWriter json, List<String> waits) {
    json.name("policy").beginObject();
    texts(json, "schedule", waits);
    json.endObject();
  }

  private static void texts(JsonWriter json, String name, List<String> texts) {
    json.name(name).beginArray();
    texts.forEach(json::text);
    json.endArray();
  }

  private static Bytes object(Consumer<JsonWriter> members) {
    JsonWriter json = new JsonWriter(512).beginObject();
    members.accept(json);
    return json.endObject().bytes();
  }
}
