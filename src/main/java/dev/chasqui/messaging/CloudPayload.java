package dev.chasqui.messaging;

import dev.chasqui.json.Json;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.UserId;
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
/// | `to` with `+` and separators | its digits; a group's id stays |
/// | `_vnd` | nothing |
/// | no `biz_opaque_callback_data` | the submission's id, by which a status finds it |
///
/// What is not known passes as it is.
final class CloudPayload {

  static final String CALLBACK = "biz_opaque_callback_data";

  private static final String TO = "to";
  private static final String RECIPIENT = "recipient";
  private static final String TYPE = "type";
  private static final String TEXT = "text";
  private static final String PREVIEW = "preview_url";

  private CloudPayload() {}

  /// The document to post; the client's is left as it is.
  static ObjectNode of(ObjectNode payload, EventId submission) {
    ObjectNode cloud = Json.object();
    cloud.put("messaging_product", "whatsapp");
    cloud.setAll(payload);
    cloud.put("messaging_product", "whatsapp");
    cloud.remove("_vnd");
    cloud.put(TYPE, cloudType(payload));
    String to = to(payload);
    if (to != null) {
      cloud.put(TO, to);
    }
    if (payload.path(CALLBACK).isMissingNode()) {
      cloud.put(CALLBACK, Sending.callback(submission));
    }
    movePreview(cloud);
    if (payload.path(HsmTemplate.TYPE) instanceof ObjectNode hsm) {
      cloud.remove(HsmTemplate.TYPE);
      cloud.set(HsmTemplate.TEMPLATE, HsmTemplate.template(hsm));
    }
    return cloud;
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

  /// Whom a client named, as it wrote it; empty if it named nobody.
  static String input(ObjectNode payload) {
    String to = text(payload, TO);
    String recipient = to == null ? text(payload, RECIPIENT) : to;
    return recipient == null ? "" : recipient;
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

  private static void movePreview(ObjectNode cloud) {
    JsonNode preview = cloud.remove(PREVIEW);
    boolean isWanted = preview != null && preview.isBoolean();
    if (isWanted && cloud.path(TEXT) instanceof ObjectNode text && !text.has(PREVIEW)) {
      // The client's own object must not change.
      ObjectNode moved = Json.object();
      moved.setAll(text);
      moved.set(PREVIEW, preview);
      cloud.set(TEXT, moved);
    }
  }

  private static @Nullable String text(ObjectNode payload, String name) {
    JsonNode value = payload.path(name);
    return value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
  }
}
