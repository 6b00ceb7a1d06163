package dev.chasqui.sim.graph;

import dev.chasqui.json.InvalidBodyException;
import dev.chasqui.json.JsonBody;
import dev.chasqui.json.JsonProblem;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what a client posts to `messages` and refuses what is not as the platform's public
/// documentation has it: missing and unknown members, wrong types, texts that are too long.
final class MessageCheck {

  private static final int MAX_CALLBACK_DATA = 512;
  private static final int MAX_TEXT = 4_096;
  private static final int MAX_CAPTION = 1_024;

  private static final Set<String> COMMON =
      Set.of(
          "messaging_product",
          "recipient_type",
          "to",
          "recipient",
          "type",
          "context",
          "biz_opaque_callback_data",
          "recipient_identity_key_hash",
          "message_activity_sharing");

  private static final Map<String, Set<String>> MEDIA =
      Map.of(
          "audio", Set.of("id", "link", "voice"),
          "document", Set.of("id", "link", "caption", "filename"),
          "image", Set.of("id", "link", "caption"),
          "sticker", Set.of("id", "link"),
          "video", Set.of("id", "link", "caption"));

  private static final Set<String> OTHER_TYPES =
      Set.of("text", "location", "contacts", "interactive", "template", "reaction");

  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ().-]{3,24}");
  private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");

  private MessageCheck() {}

  /// Whether the body speaks of a message that was received, not of one to be sent.
  static boolean isReadMark(JsonBody body) {
    return body.has("status");
  }

  /// @throws GraphRefusal if it is no object
  static JsonBody parse(Bytes bytes) {
    try {
      return JsonBody.parse(bytes);
    } catch (MalformedJsonException | InvalidBodyException _) {
      throw GraphRefusal.of(100, "the body is not a JSON object");
    }
  }

  /// @throws GraphRefusal if something is wrong
  static ReadMark readMark(JsonBody body, String phoneNumberId) {
    body.allowOnly(Set.of("messaging_product", "status", "message_id", "typing_indicator"));
    product(body);
    oneOf(body, "status", Set.of("read"));
    String id = body.required("message_id");
    boolean isTyping = body.has("typing_indicator");
    if (isTyping) {
      oneOf(body, "typing_indicator.type", Set.of("text"));
    }
    refuse(body);
    return new ReadMark(phoneNumberId, id, isTyping);
  }

  /// @throws GraphRefusal if something is wrong
  static SentMessage message(JsonBody body, String phoneNumberId) {
    product(body);
    String type = body.text("type").orElse("text");
    boolean isKnown = MEDIA.containsKey(type) || OTHER_TYPES.contains(type);
    if (!isKnown) {
      throw GraphRefusal.of(100, "type is not one of the known ones");
    }
    Set<String> members = new HashSet<>(COMMON);
    members.add(type);
    body.allowOnly(members);
    String recipient = recipient(body);
    String data = atMost(body, "biz_opaque_callback_data", MAX_CALLBACK_DATA);
    body.object("context").ifPresent(context -> context.required("message_id"));
    content(body, type);
    refuse(body);
    return new SentMessage("", phoneNumberId, recipient, data, body.node());
  }

  private static void content(JsonBody body, String type) {
    if (type.equals("contacts")) {
      contacts(body);
      return;
    }
    if (!body.has(type)) {
      body.problem(type, "is missing");
      return;
    }
    body.object(type)
        .ifPresent(
            content -> {
              switch (type) {
                case "text" -> text(content);
                case "location" -> location(content);
                case "reaction" -> reaction(content);
                case "template" -> template(content);
                case "interactive" -> InteractiveCheck.check(content);
                default -> media(content, type);
              }
            });
  }

  private static void product(JsonBody body) {
    oneOf(body, "messaging_product", Set.of("whatsapp"));
  }

  /// The phone number in digits, or the user id.
  private static String recipient(JsonBody body) {
    String kind = body.text("recipient_type").orElse("individual");
    if (!Set.of("individual", "group").contains(kind)) {
      body.problem("recipient_type", "is not one of the known ones");
    }
    if (body.has("recipient")) {
      String userId = body.required("recipient");
      if (!USER_ID.matcher(userId).matches()) {
        body.problem("recipient", "is no business-scoped user id");
      }
      return userId;
    }
    String to = body.required("to");
    if (kind.equals("individual") && !to.isEmpty() && !PHONE.matcher(to).matches()) {
      body.problem("to", "is no phone number");
    }
    return kind.equals("individual") ? to.replaceAll("[^0-9]", "") : to;
  }

  private static void text(JsonBody content) {
    content.allowOnly(Set.of("body", "preview_url"));
    content.required("body");
    atMost(content, "body", MAX_TEXT);
    content.flag("preview_url");
  }

  private static void media(JsonBody content, String type) {
    content.allowOnly(MEDIA.getOrDefault(type, Set.of()));
    content.text("id");
    content.text("filename");
    atMost(content, "caption", MAX_CAPTION);
    String link = content.text("link").orElse("");
    if (content.has("id") == content.has("link")) {
      content.problem("id", "must be there, or link, and not both");
    } else if (content.has("link") && !link.matches("https?://[^ ]+")) {
      content.problem("link", "is no address of the web");
    }
  }

  private static void location(JsonBody content) {
    content.allowOnly(Set.of("latitude", "longitude", "name", "address"));
    for (String name : List.of("latitude", "longitude")) {
      var value = content.node().path(name);
      if (!value.isNumber() && !value.asString("").matches("-?[0-9]{1,3}(\\.[0-9]+)?")) {
        content.problem(name, value.isMissingNode() ? "is missing" : "is no number");
      }
    }
  }

  private static void contacts(JsonBody body) {
    List<JsonBody> cards = body.objects("contacts");
    if (cards.isEmpty()) {
      body.problem("contacts", "is missing");
    }
    cards.forEach(card -> card.required("name.formatted_name"));
  }

  private static void reaction(JsonBody content) {
    content.allowOnly(Set.of("message_id", "emoji"));
    content.required("message_id");
    content.text("emoji");
  }

  private static void template(JsonBody content) {
    content.allowOnly(
        Set.of("name", "namespace", "language", "components", "message_send_ttl_seconds"));
    content.required("name");
    content.required("language.code");
    for (JsonBody component : content.objects("components")) {
      component.required("type");
      component.objects("parameters").forEach(parameter -> parameter.required("type"));
    }
  }

  private static String atMost(JsonBody body, String name, int max) {
    String text = body.text(name).orElse("");
    if (text.length() > max) {
      body.problem(name, "is longer than " + max + " characters");
    }
    return text;
  }

  private static void oneOf(JsonBody body, String name, Set<String> words) {
    String word = body.required(name);
    if (!word.isEmpty() && !words.contains(word)) {
      body.problem(name, "is not one of the known ones");
    }
  }

  private static void refuse(JsonBody body) {
    if (body.problems().isEmpty()) {
      return;
    }
    JsonProblem first = body.problems().getFirst();
    boolean isUnknown = first.reason().startsWith(JsonBody.UNKNOWN);
    String reason = isUnknown ? JsonBody.UNKNOWN : first.reason();
    int code =
        switch (reason) {
          case JsonBody.MISSING -> 131008;
          case JsonBody.UNKNOWN -> 100;
          default -> 131009;
        };
    throw GraphRefusal.of(code, first.path() + " " + reason);
  }
}
