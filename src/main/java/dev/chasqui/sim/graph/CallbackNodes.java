package dev.chasqui.sim.graph;

import dev.chasqui.http.server.Query;
import dev.chasqui.json.JsonBody;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.Platform;
import dev.chasqui.sim.RetrySchedule;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/// The calls that say where webhooks go: `subscribed_apps` of an account, `webhook_configuration`
/// of a phone number, `subscriptions` of the application. An override needs a subscription first,
/// and every callback is asked for its challenge before it is taken, while the call waits.
final class CallbackNodes {

  private static final int MAX_URL = 200;
  private static final String OVERRIDE = "override_callback_uri";
  private static final String NOT_SUBSCRIBED =
      "Before overriding the current callback URI, your app must be subscribed to receive messages"
          + " for the WhatsApp Business Account";

  private final FakeGraphCallbacks callbacks;
  private final Clock clock;
  private final String appId;

  CallbackNodes(FakeGraphCallbacks callbacks, Clock clock, String appId) {
    this.callbacks = callbacks;
    this.clock = clock;
    this.appId = appId;
  }

  FakeGraphAnswer subscribedApps(FakeGraphCall call, String wabaId) throws InterruptedException {
    switch (call.method()) {
      case "POST" -> subscribe(call, wabaId);
      case "DELETE" -> callbacks.unsubscribe(wabaId);
      case "GET" -> {
        return FakeGraphAnswer.json(200, apps(wabaId));
      }
      default -> throw GraphRefusal.of(100, "Unsupported request");
    }
    return FakeGraphAnswer.SUCCESS;
  }

  private void subscribe(FakeGraphCall call, String wabaId) throws InterruptedException {
    JsonBody body = body(call);
    if (!body.has(OVERRIDE)) {
      callbacks.subscribe(wabaId);
      return;
    }
    requireSubscription(wabaId);
    callbacks.override(wabaId, verified(body));
  }

  /// `GET` tells the three levels, `POST` sets or clears the number's own.
  FakeGraphAnswer phoneNumber(FakeGraphCall call, Business business) throws InterruptedException {
    if (call.method().equals("GET")) {
      return FakeGraphAnswer.json(200, configuration(business));
    }
    Optional<JsonBody> wanted = body(call).object("webhook_configuration");
    if (wanted.isPresent()) {
      configure(wanted.get(), business);
    }
    return FakeGraphAnswer.SUCCESS;
  }

  private void configure(JsonBody wanted, Business business) throws InterruptedException {
    if (wanted.text(OVERRIDE).filter(String::isEmpty).isPresent()) {
      callbacks.clear(business.phoneNumberId());
      return;
    }
    requireSubscription(business.wabaId());
    callbacks.override(business.phoneNumberId(), verified(wanted));
  }

  /// The application's callback, as a form or as JSON.
  FakeGraphAnswer subscriptions(FakeGraphCall call, String ownAppId) throws InterruptedException {
    if (!call.node().equals(ownAppId)) {
      throw GraphRefusal.of(100, "Unsupported request");
    }
    switch (call.method()) {
      case "POST" -> callbacks.application(Optional.of(verified(form(call), "callback_url")));
      case "DELETE" -> callbacks.application(Optional.empty());
      case "GET" -> {
        return FakeGraphAnswer.json(200, subscription());
      }
      default -> throw GraphRefusal.of(100, "Unsupported request");
    }
    return FakeGraphAnswer.SUCCESS;
  }

  private void requireSubscription(String wabaId) {
    if (!callbacks.isSubscribed(wabaId)) {
      throw GraphRefusal.of(100, NOT_SUBSCRIBED);
    }
  }

  private URI verified(JsonBody body) throws InterruptedException {
    return verified(body, OVERRIDE);
  }

  private URI verified(JsonBody body, String name) throws InterruptedException {
    String url = body.text(name).orElse("");
    String token = body.text("verify_token").orElse("");
    if (!url.matches("https?://[^ ]+") || url.length() > MAX_URL || token.isEmpty()) {
      throw GraphRefusal.of(100, "the callback or its verify_token is missing or not valid");
    }
    URI callback = URI.create(url);
    try (Platform platform = new Platform(callback, RetrySchedule.QUICK, clock, 1)) {
      if (!platform.shakesHands(token, Long.toString(clock.millis()))) {
        throw GraphRefusal.of(
            2200, "Callback verification failed with the following errors: no right answer");
      }
    }
    return callback;
  }

  private static JsonBody body(FakeGraphCall call) {
    return MessageCheck.parse(call.body().length() == 0 ? Bytes.utf8("{}") : call.body());
  }

  private static JsonBody form(FakeGraphCall call) {
    if (!call.mediaType().startsWith("application/x-www-form-urlencoded")) {
      return body(call);
    }
    Query query = new Query(call.body().toUtf8());
    JsonWriter json = new JsonWriter(256).beginObject();
    for (String name : new String[] {"object", "callback_url", "verify_token", "fields"}) {
      json.member(name, query.first(name));
    }
    return MessageCheck.parse(json.endObject().bytes());
  }

  private Bytes apps(String wabaId) {
    JsonWriter json = new JsonWriter(256).beginObject().name("data").beginArray();
    if (callbacks.isSubscribed(wabaId)) {
      json.beginObject().name("whatsapp_business_api_data").beginObject();
      json.member("id", appId).member("name", "Simulated app");
      json.member("link", "https://www.facebook.com/games/?app_id=" + appId).endObject();
      callbacks.override(wabaId).ifPresent(url -> json.member(OVERRIDE, url.toString()));
      json.endObject();
    }
    return json.endArray().endObject().bytes();
  }

  private Bytes configuration(Business business) {
    JsonWriter json = new JsonWriter(256).beginObject();
    json.name("webhook_configuration").beginObject();
    callbacks
        .override(business.phoneNumberId())
        .ifPresent(url -> json.member("phone_number", url.toString()));
    callbacks
        .override(business.wabaId())
        .ifPresent(url -> json.member("whatsapp_business_account", url.toString()));
    callbacks.application().ifPresent(url -> json.member("application", url.toString()));
    return json.endObject().member("id", business.phoneNumberId()).endObject().bytes();
  }

  private Bytes subscription() {
    JsonWriter json = new JsonWriter(256).beginObject().name("data").beginArray();
    if (callbacks.application().isPresent()) {
      json.beginObject().member("object", "whatsapp_business_account");
      json.member("callback_url", callbacks.application().get().toString());
      json.name("active").flag(true).endObject();
    }
    return json.endArray().endObject().bytes();
  }
}
