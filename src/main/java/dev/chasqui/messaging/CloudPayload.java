package dev.chasqui.messaging;

import dev.chasqui.json.Json;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.UserId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the Cloud API's document of what a client posted, in Turn's (on-premises) shape or in the
/// Cloud API's own:
///
/// | posted | sent |
/// |---|---|
/// | anything | the same with `messaging_product` |
/// | no `type` | `text` |
/// | `preview_url` beside `text` | `text.preview_url` |
/// | `hsm` | `template` ([HsmTemplate]) |
/// | `_vnd` | nothing |
/// | no `biz_opaque_callback_data` | the submission's id, by which a status finds it |
///
/// Everything else passes as it is, byte for byte: `to` above all, since a plus or its absence says
/// how the platform reads a number, and numbers, which are not written anew. What is looked up here
/// by a contact's number works on a copy without `+` and separators.
final class CloudPayload {

  static final String CALLBACK = "biz_opaque_callback_data";

  private static final String TO = "to";
  private static final String RECIPIENT = "recipient";
  private static final String TYPE = "type";
  private static final String TEXT = "text";
  private static final String PREVIEW = "preview_url";

  private static final int FRAME_BYTES = 256;

  /// What is written here, or left out.
  private static final Set<String> OURS =
      Set.of(
          "messaging_product", "_vnd", TYPE, TEXT, PREVIEW, HsmTemplate.TYPE, HsmTemplate.TEMPLATE);

  /// What a surface may have put in another form.
  private static final Set<String> ADDRESSES = Set.of(TO, RECIPIENT);

  private CloudPayload() {}

  /// The document to post; the client's is left as it is.
  static Bytes of(Submission.Content content, EventId submission) {
    ObjectNode payload = content.payload();
    RawObject raw = RawObject.of(content.raw());
    JsonWriter cloud = new JsonWriter(content.raw().length() + FRAME_BYTES).beginObject();
    cloud.member("messaging_product", "whatsapp");
    for (Map.Entry<String, JsonNode> member : payload.properties()) {
      if (!OURS.contains(member.getKey())) {
        cloud.name(member.getKey()).raw(written(raw, member.getKey(), member.getValue()));
      }
    }
    cloud.member(TYPE, cloudType(payload));
    if (payload.path(CALLBACK).isMissingNode()) {
      cloud.member(CALLBACK, Sending.callback(submission));
    }
    if (payload.has(TEXT)) {
      cloud.name(TEXT).raw(text(raw, payload));
    }
    if (payload.path(HsmTemplate.TYPE) instanceof ObjectNode hsm) {
      cloud.name(HsmTemplate.TEMPLATE).raw(Json.bytes(HsmTemplate.template(hsm)));
    } else if (payload.has(HsmTemplate.TEMPLATE)) {
      JsonNode template = payload.path(HsmTemplate.TEMPLATE);
      cloud.name(HsmTemplate.TEMPLATE).raw(written(raw, HsmTemplate.TEMPLATE, template));
    }
    return cloud.endObject().bytes();
  }

  /// A member as the client wrote it, unless its surface put another value in its place.
  private static Bytes written(RawObject raw, String name, JsonNode value) {
    Bytes posted = raw.members().get(name);
    if (posted == null) {
      return Json.bytes(value);
    }
    boolean isKept = !ADDRESSES.contains(name) || Json.read(posted).equals(value);
    return isKept ? posted : Json.bytes(value);
  }

  /// The text with a `preview_url` that stood beside it.
  private static Bytes text(RawObject raw, ObjectNode payload) {
    Bytes written = written(raw, TEXT, payload.path(TEXT));
    JsonNode preview = payload.path(PREVIEW);
    if (!preview.isBoolean()
        || !(payload.path(TEXT) instanceof ObjectNode text)
        || text.has(PREVIEW)) {
      return written;
    }
    JsonWriter moved = new JsonWriter(written.length() + FRAME_BYTES).beginObject();
    RawObject.of(written).members().forEach((name, value) -> moved.name(name).raw(value));
    return moved.name(PREVIEW).flag(preview.booleanValue()).endObject().bytes();
  }

  /// Whom a client named. A group is no contact.
  static Participant recipient(ObjectNode payload) {
    String to = isGroup(payload) ? null : to(payload);
    String userId = text(payload, RECIPIENT);
    boolean isNumber = to != null && to.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean isUserId = to != null && UserId.matches(to);
    return new Participant(isNumber ? to : null, isUserId ? to : userId, null);
  }

  /// The id of the group that a message goes to, null if it goes to a user.
  static @Nullable String group(ObjectNode payload) {
    return isGroup(payload) ? text(payload, TO) : null;
  }

  /// Whether a message goes to a group.
  static boolean isGroup(ObjectNode payload) {
    return "group".equals(text(payload, "recipient_type"));
  }

  /// The recipient as the client wrote it; empty if it named none.
  static String input(Submission.Content content) {
    String input = RawObject.of(content.raw()).firstScalar(TO, RECIPIENT);
    return input == null ? "" : input;
  }

  /// The message's type as the client calls it; a message without one is a text.
  static String type(ObjectNode payload) {
    String type = text(payload, TYPE);
    return type == null ? TEXT : type;
  }

  private static String cloudType(ObjectNode payload) {
    String type = type(payload);
    return type.equals(HsmTemplate.TYPE) ? HsmTemplate.TEMPLATE : type;
  }

  private static @Nullable String to(ObjectNode payload) {
    String to = text(payload, TO);
    return to == null || isGroup(payload) ? to : digits(to);
  }

  /// A phone number without `+` and separators; what is no phone number stays.
  private static String digits(String to) {
    StringBuilder digits = new StringBuilder(to.length());
    for (int i = 0; i < to.length(); i++) {
      char c = to.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      } else if ("+-(). \u00a0".indexOf(c) < 0) {
        return to;
      }
    }
    return digits.isEmpty() ? to : digits.toString();
  }

  /// A text, or the digits of a number.
  private static @Nullable String text(ObjectNode payload, String name) {
    JsonNode value = payload.path(name);
    if (value.isIntegralNumber()) {
      return value.asString();
    }
    return value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
  }
}
