package dev.chasqui.dialect;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Errors of other senders in Meta's form: `code` a number, `title`, `message`, and the details in
/// `error_data`. What else an error says stays beside them.
public final class SourceFaults {

  private static final Set<String> REWRITTEN = Set.of("code", "title", "message", "error_data");

  private SourceFaults() {}

  /// Writes a list of errors; elements that are no objects stay as they are.
  public static void list(JsonWriter out, List<Bytes> errors) {
    out.beginArray();
    for (Bytes error : errors) {
      if (RawObject.isObject(error)) {
        one(out, RawObject.of(error));
      } else {
        out.raw(error);
      }
    }
    out.endArray();
  }

  /// Writes one error.
  public static void one(JsonWriter out, RawObject error) {
    String title = error.firstScalar("title", "message", "description");
    String details = error.firstScalar("details", "detail", "description");
    out.beginObject();
    code(out, error.scalar("code"));
    out.member("title", title);
    Bytes message = error.raw("message");
    if (message != null) {
      out.name("message").raw(message);
    } else {
      out.member("message", title);
    }
    data(out, error.raw("error_data"), details);
    for (Map.Entry<String, Bytes> member : error.members().entrySet()) {
      if (!REWRITTEN.contains(member.getKey())) {
        out.name(member.getKey()).raw(member.getValue());
      }
    }
    out.endObject();
  }

  /// Writes an error that the sender told in other members than an error's.
  public static void one(
      JsonWriter out, @Nullable String code, String title, @Nullable String details) {
    out.beginObject();
    code(out, code);
    out.name("title").text(title).name("message").text(title);
    data(out, null, details);
    out.endObject();
  }

  private static void code(JsonWriter out, @Nullable String code) {
    out.name("code").number(number(code));
  }

  private static void data(JsonWriter out, @Nullable Bytes data, @Nullable String details) {
    if (data != null) {
      out.name("error_data").raw(data);
    } else if (details != null) {
      out.name("error_data").beginObject().name("details").text(details).endObject();
    }
  }

  private static long number(@Nullable String code) {
    try {
      return code == null ? 0 : Long.parseLong(code);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
