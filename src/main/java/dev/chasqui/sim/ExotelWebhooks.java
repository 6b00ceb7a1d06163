package dev.chasqui.sim;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An account of Exotel that sends its webhooks in the shape of seed 004, signed: one message or
/// status each. It has no words for account changes.
public final class ExotelWebhooks implements Voice {

  private final String account;
  private final ReceiverSecret.Exotel secret;

  /// @param account its sid
  public ExotelWebhooks(String account, String secret) {
    this.account = account;
    this.secret = new ReceiverSecret.Exotel(secret);
  }

  /// A message as Exotel tells it.
  public SignedWebhook of(Item.Message message) {
    return say(List.of(message), Layout.ARRAYS, SignedWebhook.Kind.GENUINE);
  }

  @Override
  public SignedWebhook say(List<? extends Item> items, Layout layout, SignedWebhook.Kind kind) {
    if (items.size() != 1) {
      throw new IllegalArgumentException("Exotel says one thing at a time");
    }
    Bytes body =
        switch (items.getFirst()) {
          case Item.Message message -> incoming(message);
          case Item.Status status -> status(status);
          case Item.Change change ->
              throw new IllegalArgumentException("Exotel has no words for " + change.sample());
        };
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", ReceiverSecret.Exotel.HEADER, secret.sign(body));
    return new SignedWebhook(body, headers, kind, items);
  }

  private Bytes incoming(Item.Message message) {
    RawObject told = RawObject.of(Bytes.utf8(message.json()));
    String type = told.scalar("type");
    JsonWriter json = begin("incoming_message", told).member("id", message.wamid());
    json.member("from", number(told.scalar("from")));
    json.member("to", message.business().displayPhoneNumber()).member("timestamp", at(told));
    json.member("type", type);
    for (String name : new String[] {type == null ? "" : type, "context", "errors"}) {
      Bytes raw = told.raw(name);
      if (raw != null) {
        json.name(name).raw(raw);
      }
    }
    json.endObject();
    if (!message.contact().isEmpty()) {
      json.name("contact").raw(Bytes.utf8(message.contact()));
    }
    return json.endObject().bytes();
  }

  private Bytes status(Item.Status status) {
    RawObject told = RawObject.of(Bytes.utf8(status.json()));
    JsonWriter json = begin("message_status", told).member("id", status.wamid());
    json.member("status", status.word());
    json.member("recipient", number(told.scalar("recipient_id")));
    json.member("timestamp", at(told));
    Bytes errors = told.raw("errors");
    if (errors != null) {
      json.name("errors").raw(errors);
    }
    return json.endObject().endObject().bytes();
  }

  private JsonWriter begin(String event, RawObject told) {
    JsonWriter json = new JsonWriter(512).beginObject().member("event", event);
    return json.member("timestamp", at(told))
        .member("account_sid", account)
        .name("message")
        .beginObject();
  }

  private static String at(RawObject told) {
    String seconds = told.scalar("timestamp");
    return Instant.ofEpochSecond(seconds == null ? 0 : Long.parseLong(seconds)).toString();
  }

  private static @Nullable String number(@Nullable String waId) {
    return waId == null ? null : "+" + waId;
  }
}
