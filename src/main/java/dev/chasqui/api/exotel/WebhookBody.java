package dev.chasqui.api.exotel;

import dev.chasqui.json.Json;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Url;
import dev.chasqui.outbound.Sender;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what a PUT wants. Members that are not known are passed over, as Exotel does.
final class WebhookBody {

  static final String INCOMING = "incoming_message_url";
  static final String STATUS = "status_callback_url";
  static final String TOKEN = "verify_token";

  private static final int MAX_URL = 2_048;
  private static final int MAX_TOKEN = 512;

  private final Sender sender;

  WebhookBody(Sender sender) {
    this.sender = sender;
  }

  /// What is wanted.
  ///
  /// @param status null if no status callbacks are
  /// @param verifyToken null if the URLs are not to be verified
  record Wanted(URI incoming, @Nullable URI status, @Nullable String verifyToken) {
    @Override
    public String toString() {
      return "Wanted";
    }
  }

  Wanted read(Bytes body) throws InterruptedException {
    JsonNode webhook = webhook(body);
    String incoming = text(webhook, INCOMING, MAX_URL);
    if (incoming == null) {
      throw new ExotelException(Fault.MISSING, "whatsapp.webhook." + INCOMING + " is required");
    }
    String status = text(webhook, STATUS, MAX_URL);
    String token = text(webhook, TOKEN, MAX_TOKEN);
    return new Wanted(url(INCOMING, incoming), status == null ? null : url(STATUS, status), token);
  }

  private static JsonNode webhook(Bytes body) {
    try {
      JsonNode document = Json.read(body);
      if (document.isObject()) {
        return document.path("whatsapp").path("webhook");
      }
    } catch (MalformedJsonException e) {
      throw new ExotelException(Fault.MALFORMED, String.valueOf(e.getMessage()));
    }
    throw new ExotelException(Fault.MALFORMED, "the body must be an object");
  }

  /// A text, null if it is missing, null or empty.
  private static @Nullable String text(JsonNode webhook, String name, int max) {
    JsonNode value = webhook.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw invalid(name, "must be text");
    }
    String text = value.stringValue();
    if (text.length() > max) {
      throw invalid(name, "must have at most " + max + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw invalid(name, "must not have control characters");
    }
    return text.isBlank() ? null : text.strip();
  }

  private URI url(String name, String text) throws InterruptedException {
    URI url;
    try {
      url = Url.parse(text);
    } catch (URISyntaxException _) {
      throw invalid(name, "must be an absolute http or https URL");
    }
    Optional<String> objection = sender.objection(url);
    if (objection.isPresent()) {
      throw invalid(name, objection.get());
    }
    return url;
  }

  private static ExotelException invalid(String name, String reason) {
    return new ExotelException(Fault.INVALID, "whatsapp.webhook." + name + " " + reason);
  }
}
