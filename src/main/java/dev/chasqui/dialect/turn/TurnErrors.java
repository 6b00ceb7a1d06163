package dev.chasqui.dialect.turn;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Errors of the Cloud API in the on-premises shape: `code`, `title`, `details`, `href`.
final class TurnErrors {

  private TurnErrors() {}

  /// Writes a list of errors; elements that are no objects are left out.
  static void write(JsonWriter json, List<Bytes> errors) {
    json.beginArray();
    for (Bytes error : errors) {
      if (RawObject.isObject(error)) {
        one(json, RawObject.of(error));
      }
    }
    json.endArray();
  }

  private static void one(JsonWriter json, RawObject error) {
    json.beginObject();
    Bytes code = error.raw("code");
    if (code != null) {
      json.name("code").compact(code);
    }
    json.member("title", error.firstScalar("title", "message"));
    json.member("details", details(error));
    json.member("href", error.scalar("href"));
    json.endObject();
  }

  private static @Nullable String details(RawObject error) {
    String details = error.object("error_data").scalar("details");
    return details != null ? details : error.firstScalar("details", "message");
  }
}
