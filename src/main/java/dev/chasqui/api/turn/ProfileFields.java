package dev.chasqui.api.turn;

import dev.chasqui.json.Json;
import dev.chasqui.json.JsonBody;
import dev.chasqui.model.Bytes;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of a contact's profile: Turn's reserved ones, each with its type, and whatever else a
/// client keeps, which is any plain value.
final class ProfileFields {

  static final int MAX_FIELDS = 200;
  static final int MAX_BYTES = 16 << 10;
  private static final int MAX_TEXT = 4_096;
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.-]{0,63}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{3}");

  /// Turn's order.
  private static final List<Field> RESERVED =
      List.of(
          new Field("name", Type.STRING, "Name"),
          new Field("surname", Type.STRING, "Surname"),
          new Field("location", Type.LOCATION, "Location"),
          new Field("language", Type.ENUM, "Language"),
          new Field("opted_in", Type.BOOLEAN, "Opted in"),
          new Field("opted_in_at", Type.DATETIME, "Opted in at"),
          new Field("birthday", Type.DATETIME, "Birthday"),
          new Field("whatsapp_profile_name", Type.STRING, "WhatsApp profile name"),
          new Field("whatsapp_id", Type.STRING, "WhatsApp id"));

  private ProfileFields() {}

  private record Field(String name, Type type, String display) {}

  /// The types of fields' values.
  private enum Type {
    STRING,
    LOCATION,
    /// A language by ISO 639-3.
    ENUM,
    BOOLEAN,
    DATETIME
  }

  /// All fields: what is kept, and the reserved ones that nobody has set.
  static ObjectNode all(ObjectNode kept) {
    ObjectNode all = Json.object();
    for (Field field : RESERVED) {
      if (field.type() == Type.BOOLEAN) {
        all.put(field.name(), false);
      } else {
        all.putNull(field.name());
      }
    }
    return all.setAll(kept);
  }

  /// The fields after a change: `null` removes a field.
  static ObjectNode changed(ObjectNode kept, JsonNode change) {
    for (Map.Entry<String, JsonNode> member : change.properties()) {
      if (member.getValue().isNull()) {
        kept.remove(member.getKey());
      } else {
        kept.set(member.getKey(), member.getValue());
      }
    }
    boolean isTooMuch = kept.size() > MAX_FIELDS || Json.bytes(kept).length() > MAX_BYTES;
    if (isTooMuch) {
      throw new TurnException(
          400,
          TurnFault.unreadable(
              "a profile has at most %d fields and %d bytes".formatted(MAX_FIELDS, MAX_BYTES)));
    }
    return kept;
  }

  /// The fields, as they were stored.
  static ObjectNode read(String stored) {
    return Json.read(Bytes.utf8(stored)) instanceof ObjectNode object ? object : Json.object();
  }

  /// Notes what is wrong with a change.
  static void check(JsonBody body) {
    for (Map.Entry<String, JsonNode> member : body.node().properties()) {
      String objection = objection(member.getKey(), member.getValue());
      if (!objection.isEmpty()) {
        body.problem(member.getKey(), objection);
      }
    }
  }

  private static String objection(String name, JsonNode value) {
    if (!NAME.matcher(name).matches()) {
      return "is no name of a field: up to 64 letters, digits, dots, - and _";
    }
    if (value.isNull()) {
      return "";
    }
    for (Field field : RESERVED) {
      if (field.name().equals(name)) {
        return objection(field.type(), value);
      }
    }
    boolean isPlain = value.isNumber() || value.isBoolean() || isText(value);
    return isPlain ? "" : "must be text of at most 4096 characters, a number, true or false";
  }

  private static String objection(Type type, JsonNode value) {
    return switch (type) {
      case STRING -> isText(value) ? "" : "must be text of at most 4096 characters";
      case LOCATION -> isLocation(value) ? "" : "must be an object of latitude and longitude";
      case ENUM ->
          value.isString() && LANGUAGE.matcher(value.stringValue()).matches()
              ? ""
              : "must be a language of three letters, as ISO 639-3 has it";
      case BOOLEAN -> value.isBoolean() ? "" : "must be true or false";
      case DATETIME ->
          value.isString() && isTime(value.stringValue())
              ? ""
              : "must be a date, or a time with its offset, as ISO 8601 writes them";
    };
  }

  private static boolean isText(JsonNode value) {
    return value.isString() && value.stringValue().length() <= MAX_TEXT;
  }

  private static boolean isLocation(JsonNode value) {
    return value.isObject()
        && value.size() == 2
        && isWithin(value.path("latitude"), 90)
        && isWithin(value.path("longitude"), 180);
  }

  private static boolean isWithin(JsonNode degrees, int most) {
    return degrees.isNumber() && Math.abs(degrees.doubleValue()) <= most;
  }

  private static boolean isTime(String text) {
    try {
      if (text.indexOf('T') < 0) {
        LocalDate.parse(text);
      } else {
        OffsetDateTime.parse(text);
      }
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  /// The schema of fields, in Turn's form.
  static ArrayNode schema() {
    ArrayNode fields = Json.array();
    for (Field field : RESERVED) {
      ObjectNode told = fields.addObject();
      told.put("custom", false);
      if (field.type() == Type.BOOLEAN) {
        told.put("default", false);
      } else {
        told.putNull("default");
      }
      told.put("display", field.display()).put("is_private", false).put("name", field.name());
      told.put("null", field.type() != Type.BOOLEAN).put("type", field.type().name());
    }
    return fields;
  }
}
