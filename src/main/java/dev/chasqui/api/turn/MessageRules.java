package dev.chasqui.api.turn;

import static dev.chasqui.api.turn.BodyRule.all;
import static dev.chasqui.api.turn.BodyRule.each;
import static dev.chasqui.api.turn.BodyRule.flag;
import static dev.chasqui.api.turn.BodyRule.needsDegrees;
import static dev.chasqui.api.turn.BodyRule.needsEither;
import static dev.chasqui.api.turn.BodyRule.needsObject;
import static dev.chasqui.api.turn.BodyRule.needsText;
import static dev.chasqui.api.turn.BodyRule.text;
import static dev.chasqui.api.turn.BodyRule.within;
import static dev.chasqui.api.turn.BodyRule.word;

import dev.chasqui.json.JsonBody;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What each type of message requires, and the limits that the platform states for it. What is
/// refused here would be refused upstream too, after a round trip and in words that name no member.
/// A limit that the platform raises is raised here; what it does not state is not limited, and a
/// type that is not known here is passed on: the platform knows it or says so.
final class MessageRules {

  /// The longest id; no contact has a longer one.
  private static final int MAX_ID = 256;

  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final int MAX_URL = 2_048;
  private static final int MAX_CAPTION = 1_024;

  private static final BodyRule ENVELOPE =
      all(
          Recipient::check,
          word("recipient_type", Set.of("individual", "group")),
          flag("preview_url"),
          within("context", text("message_id", MAX_ID)));

  /// The content by the message's type.
  private static final Map<String, BodyRule> TYPES =
      Map.ofEntries(
          Map.entry("text", all(needsText("text.body", 4_096), flag("text.preview_url"))),
          Map.entry("image", all(media("image"), caption("image"))),
          Map.entry("video", all(media("video"), caption("video"))),
          Map.entry("document", all(media("document"), caption("document"))),
          Map.entry("audio", media("audio")),
          Map.entry("sticker", media("sticker")),
          Map.entry(
              "location",
              all(needsDegrees("location.latitude", 90), needsDegrees("location.longitude", 180))),
          Map.entry("contacts", each("contacts", 1, 257, needsText("name.formatted_name", MAX_ID))),
          Map.entry("interactive", all(needsObject("interactive"), InteractiveRules.RULE)),
          Map.entry("template", all(needsObject("template"), within("template", template()))),
          Map.entry("hsm", all(needsObject("hsm"), within("hsm", hsm()))),
          Map.entry(
              "reaction",
              all(needsText("reaction.message_id", MAX_ID), text("reaction.emoji", 64))));

  private MessageRules() {}

  /// Checks a message; what is wrong is reported to the body.
  static void check(JsonBody body) {
    ENVELOPE.check(body);
    String type = type(body);
    if (type == null) {
      return;
    }
    if (!TYPE.matcher(type).matches()) {
      body.problem("type", "must be the name of a type");
      return;
    }
    TYPES.getOrDefault(type, _ -> {}).check(body);
  }

  /// The type; text needs not name it. Null if there is none.
  private static @Nullable String type(JsonBody body) {
    if (body.has("type")) {
      return body.text("type").orElse(null);
    }
    if (body.has("text")) {
      return "text";
    }
    body.problem("type", JsonBody.MISSING);
    return null;
  }

  private static BodyRule media(String type) {
    return all(
        needsEither(type, "id", "link"), text(type + ".id", MAX_ID), text(type + ".link", MAX_URL));
  }

  private static BodyRule caption(String type) {
    return text(type + ".caption", MAX_CAPTION);
  }

  private static BodyRule template() {
    return all(
        needsText("name", 512),
        needsText("language.code", 32),
        each("components", 0, 64, needsText("type", 64)));
  }

  private static BodyRule hsm() {
    return all(
        needsText("element_name", 512),
        needsText("language.code", 32),
        each("localizable_params", 0, 128, text("default", 4_096)));
  }
}
