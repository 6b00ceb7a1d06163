package dev.chasqui.sim;

import dev.chasqui.http.server.Headers;
import dev.chasqui.http.server.Request;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A receiver that trips over everything that one of the known clients of Turn trips over: more
/// than one element, a number where a text belongs, a word it has not heard of, a member that is
/// missing where it usually is.
public final class TurnShape implements ReceiverShape {

  private static final String SUBSCRIPTION = "X-Turn-Hook-Subscription";
  private static final String MESSAGE_ID = "X-WhatsApp-Id";
  private static final Set<String> SUBSCRIPTIONS = Set.of("whatsapp", "turn", "journey_outbound");
  private static final Set<String> STATUSES =
      Set.of("sent", "delivered", "read", "failed", "deleted");
  private static final Set<String> MEDIA =
      Set.of("audio", "document", "image", "sticker", "video", "voice");

  /// What the vendor's block has, if only as null.
  private static final List<String> VENDOR =
      List.of(
          "author",
          "card_uuid",
          "chat",
          "direction",
          "faq_uuid",
          "in_reply_to",
          "inserted_at",
          "labels",
          "last_status",
          "last_status_timestamp",
          "on_fallback_channel",
          "rendered_content",
          "uuid");

  @Override
  public List<String> objections(Request request) {
    ShapeCheck check = new ShapeCheck();
    check.header(request.headers(), SUBSCRIPTION);
    check.header(request.headers(), "X-Turn-Hook-Signature");
    String subscription = request.headers().first(SUBSCRIPTION);
    check.need(
        subscription != null && SUBSCRIPTIONS.contains(subscription), "the subscription is known");
    marks(check, request.headers());
    boolean isSent =
        Set.of("turn", "journey_outbound").contains(Objects.requireNonNullElse(subscription, ""))
            && request.headers().first("X-Turn-Event") == null;
    if (isSent) {
      sent(check, request.headers(), request.body());
    } else {
      check.objections().addAll(objections(request.body()));
    }
    return check.objections();
  }

  private static void marks(ShapeCheck check, Headers headers) {
    for (String mark : List.of("X-Turn-Event", "X-Turn-Fallback-Channel")) {
      String value = headers.first(mark);
      check.need(value == null || value.equals("1"), mark + " is 1 or not there");
      if (value != null) {
        check.header(headers, mark);
      }
    }
  }

  /// A message that was sent: the submitted payload, and what Turn adds.
  private static void sent(ShapeCheck check, Headers headers, Bytes body) {
    check.header(headers, MESSAGE_ID);
    JsonNode root = check.object(body);
    check.text(root, root.has("to") ? "to" : "recipient", "");
    check.need(
        root.path("id").asString("").equals(headers.first(MESSAGE_ID)),
        "id is the one in " + MESSAGE_ID);
    check.seconds(root, "");
    JsonNode block = root.path("_vnd").path("v1");
    vendor(check, block);
    check.need("outbound".equals(block.path("direction").asString("")), "it went out");
    check.need(
        block.path("on_fallback_channel").asBoolean(false)
            == (headers.first("X-Turn-Fallback-Channel") != null),
        "header and block agree on the fallback channel");
  }

  /// What is wrong with the body of an event: a message, a status or an error.
  public static List<String> objections(Bytes body) {
    ShapeCheck check = new ShapeCheck();
    JsonNode root = check.object(body);
    long kinds = Stream.of("messages", "statuses", "errors").filter(root::has).count();
    check.need(kinds == 1, "the body has messages, statuses or errors, one of them");
    if (root.has("messages")) {
      contact(check, check.only(root.path("contacts"), "contacts"));
      message(check, check.only(root.path("messages"), "messages"));
    }
    if (root.has("statuses")) {
      status(check, check.only(root.path("statuses"), "statuses"));
    }
    if (root.has("errors")) {
      check.errors(root.path("errors"), "");
    }
    return check.objections();
  }

  private static void contact(ShapeCheck check, JsonNode contact) {
    check.text(contact.path("profile"), "name", "contacts[0].profile.");
    check.need(isUser(contact, "wa_id"), "contacts[0] has a wa_id, of digits or a user id");
  }

  private static void message(ShapeCheck check, JsonNode message) {
    check.need(isUser(message, "from"), "messages[0] has a from, of digits or a user id");
    check.text(message, "id", "messages[0].");
    check.text(message, "type", "messages[0].");
    check.seconds(message, "messages[0].");
    check.content(message, "messages[0] ");
    String type = message.path("type").asString("");
    if (MEDIA.contains(type)) {
      check.media(message, type, "messages[0].");
    }
    if (message.has("errors")) {
      check.errors(message.path("errors"), "messages[0].");
    }
    vendor(check, message.path("_vnd").path("v1"));
  }

  private static void vendor(ShapeCheck check, JsonNode block) {
    for (String member : VENDOR) {
      check.need(block.has(member), "_vnd.v1 has " + member);
    }
    check.text(block.path("author"), "type", "_vnd.v1.author.");
    check.text(block.path("chat"), "owner", "_vnd.v1.chat.");
    check.text(block.path("chat"), "uuid", "_vnd.v1.chat.");
    check.text(block, "uuid", "_vnd.v1.");
    check.need(block.path("labels").isArray(), "_vnd.v1.labels is a list");
    check.need(block.path("on_fallback_channel").isBoolean(), "on_fallback_channel is a flag");
  }

  private static void status(ShapeCheck check, JsonNode status) {
    check.text(status, "id", "statuses[0].");
    check.seconds(status, "statuses[0].");
    check.need(STATUSES.contains(status.path("status").asString("")), "the status is known");
    JsonNode older = status.path("recipient_id");
    JsonNode newer = status.path("message").path("recipient_id");
    check.need(!older.stringValue("").isBlank(), "statuses[0].recipient_id is a text");
    check.need(!newer.stringValue("").isBlank(), "statuses[0].message.recipient_id is a text");
    check.need(older.equals(newer), "both recipients are the same");
    if (status.has("errors")) {
      check.errors(status.path("errors"), "statuses[0].");
    }
  }

  /// Receivers read it as text without asking whether it is there.
  private static boolean isUser(JsonNode object, String member) {
    String told = object.path(member).stringValue("");
    return told.matches("[0-9]{1,20}") || UserId.matches(told);
  }
}
