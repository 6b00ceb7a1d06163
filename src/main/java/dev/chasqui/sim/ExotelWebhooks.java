package dev.chasqui.sim;

import dev.chasqui.json.Json;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// An account of Exotel that sends its webhooks in the shape of seed 004: one message each, signed.
/// For one thread.
public final class ExotelWebhooks {

  private final String account;
  private final String secret;

  /// @param account its sid
  public ExotelWebhooks(String account, String secret) {
    this.account = account;
    this.secret = secret;
  }

  /// A text message as Exotel tells it.
  public SignedWebhook of(Item.Message message) {
    Bytes body = body(message);
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            ReceiverSecret.Exotel.HEADER,
            new ReceiverSecret.Exotel(secret).sign(body));
    return new SignedWebhook(body, headers, SignedWebhook.Kind.GENUINE, List.of(message));
  }

  private Bytes body(Item.Message message) {
    JsonNode told = Json.read(Bytes.utf8(message.json()));
    JsonNode contact = Json.read(Bytes.utf8(message.contact()));
    String at = Instant.ofEpochSecond(told.path("timestamp").asLong()).toString();
    JsonWriter json = new JsonWriter(512).beginObject();
    json.member("event", "incoming_message").member("timestamp", at);
    json.member("account_sid", account).name("message").beginObject();
    json.member("id", message.wamid()).member("from", "+" + told.path("from").asString());
    json.member("to", message.business().displayPhoneNumber()).member("timestamp", at);
    json.member("type", "text").name("text").beginObject();
    json.member("body", told.path("text").path("body").asString()).endObject().endObject();
    json.name("contact").beginObject().member("wa_id", contact.path("wa_id").asString());
    json.name("profile").beginObject();
    json.member("name", contact.path("profile").path("name").asString());
    return json.endObject().endObject().endObject().bytes();
  }
}
