package dev.chasqui.sim;

import dev.chasqui.http.server.Request;
import dev.chasqui.model.Bytes;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A receiver that takes nothing but what the samples of Exotel's reference look like.
public final class ExotelShape implements ReceiverShape {

  private static final Set<String> STATUSES = Set.of("sent", "delivered", "read", "failed");
  private static final Set<String> MEDIA = Set.of("audio", "document", "image", "sticker", "video");
  private static final Pattern ISO =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");

  /// A phone number with its plus sign, or a business-scoped user id.
  private static final Pattern USER = Pattern.compile("\\+[0-9]{1,20}|[A-Z]{2}\\.[A-Za-z0-9.]+");

  @Override
  public List<String> objections(Request request) {
    ShapeCheck check = new ShapeCheck();
    check.header(request.headers(), "X-Exotel-Signature");
    check.objections().addAll(objections(request.body()));
    return check.objections();
  }

  /// What is wrong with the body of a delivery.
  public static List<String> objections(Bytes body) {
    ShapeCheck check = new ShapeCheck();
    JsonNode root = check.object(body);
    time(check, root, "");
    JsonNode message = root.path("message");
    check.text(message, "id", "message.");
    time(check, message, "message.");
    switch (root.path("event").asString("")) {
      case "incoming_message" -> {
        incoming(check, message);
        contact(check, root.path("contact"));
      }
      case "message_status" -> status(check, message);
      default -> check.need(false, "the event is incoming_message or message_status");
    }
    return check.objections();
  }

  private static void time(ShapeCheck check, JsonNode object, String path) {
    check.need(
        ISO.matcher(object.path("timestamp").asString("")).matches(),
        path + "timestamp is ISO-8601 with milliseconds");
  }

  private static void contact(ShapeCheck check, JsonNode contact) {
    check.need(
        contact.path("wa_id").isString() || contact.path("user_id").isString(),
        "contact has a wa_id or a user_id");
    check.need(contact.path("profile").isObject(), "contact.profile is an object");
  }

  private static void incoming(ShapeCheck check, JsonNode message) {
    check.need(USER.matcher(message.path("from").asString("")).matches(), "message.from is a user");
    check.text(message, "type", "message.");
    check.content(message, "message ");
    String type = message.path("type").asString("");
    JsonNode content = message.path(type);
    if (MEDIA.contains(type)) {
      check.media(message, type, "message.");
    }
    switch (type) {
      case "text" -> check.text(content, "body", "message.text.");
      case "button" -> check.text(content, "text", "message.button.");
      case "list_reply" -> check.text(content, "title", "message.list_reply.");
      case "location" ->
          check.need(
              content.path("latitude").isNumber() && content.path("longitude").isNumber(),
              "message.location has numbers");
      default -> {}
    }
    if (message.has("context")) {
      check.need(message.path("context").isObject(), "message.context is an object");
    }
    if (message.has("errors")) {
      check.errors(message.path("errors"), "message.");
    }
  }

  private static void status(ShapeCheck check, JsonNode message) {
    check.need(STATUSES.contains(message.path("status").asString("")), "the status is known");
    JsonNode recipient = message.path("recipient");
    check.need(recipient.isString() || recipient.isNull(), "message.recipient is there");
    if (message.has("errors")) {
      check.errors(message.path("errors"), "message.");
    }
  }
}
