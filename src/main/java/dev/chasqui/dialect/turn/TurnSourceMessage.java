package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.SourceFaults;
import dev.chasqui.dialect.SourceText;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One message of the on-premises shape as Meta's. They differ in little: a voice message is an
/// audio with a mark, errors have other members, a changed number another name.
final class TurnSourceMessage {

  /// What is written before the rest.
  private static final Set<String> FIRST =
      Set.of("from", "to", "from_user_id", "from_bsuid", "id", "timestamp");

  private TurnSourceMessage() {}

  static Bytes write(RawObject message, Instant receivedAt) {
    JsonWriter out = new JsonWriter(512).beginObject();
    out.member("from", SourceText.digits(message.scalar("from")));
    out.member("from_user_id", message.firstScalar("from_user_id", "from_bsuid"));
    SourceText.member(out, "id", message.raw("id"));
    out.name("timestamp").text(SourceText.seconds(message.scalar("timestamp"), receivedAt));
    rest(out, message);
    return out.endObject().bytes();
  }

  /// The type and all that belongs to it.
  static void rest(JsonWriter out, RawObject message) {
    boolean isVoice = "voice".equals(message.scalar("type"));
    for (Map.Entry<String, Bytes> member : message.members().entrySet()) {
      if (!FIRST.contains(member.getKey())) {
        member(out, member.getKey(), member.getValue(), isVoice);
      }
    }
  }

  private static void member(JsonWriter out, String name, Bytes value, boolean isVoice) {
    switch (name) {
      case "type" -> type(out, value, isVoice);
      case "voice" -> {
        if (isVoice) {
          audio(out, RawObject.of(value));
        }
      }
      case "audio" -> {
        if (!isVoice) {
          out.name(name).raw(value);
        }
      }
      case "system" -> system(out, RawObject.of(value), value);
      case "errors" -> {
        out.name(name);
        errors(out, value);
      }
      default -> out.name(name).raw(value);
    }
  }

  private static void type(JsonWriter out, Bytes value, boolean isVoice) {
    if (isVoice) {
      out.name("type").text("audio");
    } else {
      SourceText.member(out, "type", value);
    }
  }

  private static void audio(JsonWriter out, RawObject voice) {
    out.name("audio").beginObject();
    voice.members().forEach((name, value) -> out.name(name).raw(value));
    if (!voice.has("voice")) {
      out.name("voice").flag(true);
    }
    out.endObject();
  }

  /// The new number of a user has two names.
  private static void system(JsonWriter out, RawObject system, Bytes value) {
    String newNumber = system.scalar("new_wa_id");
    if (newNumber == null || system.has("wa_id")) {
      out.name("system").raw(value);
      return;
    }
    out.name("system").beginObject();
    system.members().forEach((name, raw) -> out.name(name).raw(raw));
    out.member("wa_id", newNumber).endObject();
  }

  private static void errors(JsonWriter out, @Nullable Bytes value) {
    if (value != null && RawObject.isArray(value)) {
      SourceFaults.list(out, RawObject.elements(value));
    } else if (value != null) {
      out.raw(value);
    }
  }
}
