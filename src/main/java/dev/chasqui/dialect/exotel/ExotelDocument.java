package dev.chasqui.dialect.exotel;

import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Topic;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A callback's body as one JSON document, whether it came as JSON, as a form or in parts.
///
/// What begins like JSON is JSON, whatever the header says: many clients call everything a form.
final class ExotelDocument {

  /// Members that hold a whole callback in some forms.
  private static final String[] WRAPPERS = {"payload", "data", "body", "json"};

  private ExotelDocument() {}

  sealed interface Read {

    /// An object or an array.
    record Document(Bytes value) implements Read {}

    /// The body holds no JSON object or array.
    record Unreadable(Topic topic) implements Read {}
  }

  static Read read(Bytes body, @Nullable String contentType) {
    String type = contentType == null ? "" : contentType.strip();
    String mediaType = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (looksLikeJson(body)) {
      return json(body);
    }
    return switch (mediaType) {
      case "application/x-www-form-urlencoded" -> form(FormFields.urlEncoded(body));
      case "multipart/form-data" -> form(FormFields.multipart(body, type));
      default -> json(body);
    };
  }

  /// The account that a callback names, null if it names none.
  static @Nullable String accountSid(Bytes body, @Nullable String contentType) {
    if (!(read(body, contentType) instanceof Read.Document(Bytes value))) {
      return null;
    }
    List<Bytes> callbacks = RawObject.isArray(value) ? RawObject.elements(value) : List.of(value);
    for (Bytes callback : callbacks) {
      RawObject members = RawObject.of(callback);
      String sid = members.scalar("account_sid");
      if (sid == null) {
        sid = members.object("data").scalar("account_sid");
      }
      if (sid == null) {
        sid = ofItems(members.object("whatsapp"));
      }
      if (sid != null) {
        return sid;
      }
    }
    return null;
  }

  private static @Nullable String ofItems(RawObject whatsapp) {
    for (Bytes item : whatsapp.list("messages")) {
      String sid = RawObject.of(item).scalar("account_sid");
      if (sid != null) {
        return sid;
      }
    }
    return whatsapp.scalar("account_sid");
  }

  private static Read json(Bytes body) {
    try {
      Bytes value = RawObject.checked(body);
      boolean isContainer = RawObject.isObject(value) || RawObject.isArray(value);
      return isContainer ? new Read.Document(value) : new Read.Unreadable(Topic.INVALID_PAYLOAD);
    } catch (MalformedJsonException _) {
      return new Read.Unreadable(Topic.INVALID_JSON);
    }
  }

  private static Read form(@Nullable List<FormFields.Field> fields) {
    if (fields == null || fields.isEmpty()) {
      return new Read.Unreadable(Topic.INVALID_PAYLOAD);
    }
    Bytes document = FormDocument.of(fields);
    RawObject members = RawObject.of(document);
    if (members.members().size() == 1) {
      for (String wrapper : WRAPPERS) {
        Bytes inner = members.raw(wrapper);
        if (inner != null && (RawObject.isObject(inner) || RawObject.isArray(inner))) {
          return new Read.Document(inner);
        }
      }
    }
    return new Read.Document(document);
  }

  private static boolean looksLikeJson(Bytes body) {
    for (int i = 0; i < body.length(); i++) {
      byte b = body.at(i);
      boolean isMark = i < 3 && (b & 0x80) != 0;
      boolean isSpace = b == ' ' || b == '\n' || b == '\r' || b == '\t';
      if (!isMark && !isSpace) {
        return b == '{' || b == '[';
      }
    }
    return false;
  }
}
