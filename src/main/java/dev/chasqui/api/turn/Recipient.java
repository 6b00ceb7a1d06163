package dev.chasqui.api.turn;

import dev.chasqui.json.JsonBody;
import dev.chasqui.model.UserId;
import dev.chasqui.operations.WrittenNumber;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whom a message is for: `to`, a phone number as people write it, or `recipient`, a
/// business-scoped user id.
final class Recipient {

  private static final String TO = "to";
  private static final String USER = "recipient";

  /// Of a group, which has ids of its own.
  private static final Pattern GROUP = Pattern.compile("[\\x21-\\x7E]{1,256}");

  private Recipient() {}

  static void check(JsonBody body) {
    if (body.has(USER)) {
      body.text(USER)
          .filter(it -> !UserId.matches(it))
          .ifPresent(_ -> body.problem(USER, "must be a business-scoped user id, as US.1349"));
    } else if (!body.has(TO)) {
      body.problem(TO, JsonBody.MISSING);
    }
    if (body.has(TO) && !isRecipient(body, body.node().path(TO))) {
      body.problem(TO, "must be a phone number with its country code");
    }
  }

  private static boolean isRecipient(JsonBody body, JsonNode to) {
    if (!to.isString() && !to.isIntegralNumber()) {
      return false;
    }
    String text = to.asString();
    boolean isGroup = "group".equals(body.node().path("recipient_type").stringValue(""));
    return isGroup
        ? GROUP.matcher(text).matches()
        : UserId.matches(text) || number(text).isPresent();
  }

  static boolean isGroup(ObjectNode message) {
    return "group".equals(message.path("recipient_type").stringValue(""));
  }

  /// The digits of a phone number as people write it, empty if it is none.
  static Optional<String> number(String text) {
    return WrittenNumber.digits(text);
  }

  /// Whom a checked message is for: the number's digits, or the user id.
  static String id(ObjectNode message) {
    JsonNode to = message.path(TO);
    if (isGroup(message)) {
      return to.asString("");
    }
    return to.isString()
        ? number(to.stringValue()).orElse(to.stringValue())
        : message.path(USER).stringValue("");
  }

  /// With a plus the platform takes a number as it is; without one it may put a country code
  /// before.
  private static boolean hasPlus(JsonNode to) {
    return WrittenNumber.hasPlus(to.asString(""));
  }

  /// A checked message whose recipient stands where the platform looks for it: a number as text,
  /// with a plus where it was written with one, a user id in `recipient`.
  static ObjectNode normal(ObjectNode message) {
    JsonNode to = message.path(TO);
    if (to.isIntegralNumber()) {
      message.put(TO, to.asString());
    } else if (!isGroup(message)) {
      number(to.asString(""))
          .ifPresent(digits -> message.put(TO, hasPlus(to) ? "+" + digits : digits));
    }
    if (to.isString() && UserId.matches(to.stringValue())) {
      message.remove(TO);
      if (!message.has(USER)) {
        message.set(USER, to);
      }
    }
    return message;
  }
}
