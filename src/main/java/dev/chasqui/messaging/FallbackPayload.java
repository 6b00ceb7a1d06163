package dev.chasqui.messaging;

import dev.chasqui.dialect.turn.TemplateText;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a bridge gets: the payload as it was submitted, and Turn's block `_vnd.v1`, in which
/// `on_fallback_channel` is true and templates have a plain text, since a bridge to SMS need not
/// know what a template says.
final class FallbackPayload {

  private static final String TO = "to";
  private static final String BLOCK = "_vnd";
  private static final String VERSION = "v1";

  /// What is written of the block here, whatever was submitted.
  private static final Set<String> OURS = Set.of("on_fallback_channel", "rendered_content");

  private static final int FRAME_BYTES = 256;

  private FallbackPayload() {}

  /// The body, on one line.
  ///
  /// @param to stands in where the payload names its contact in another way
  static Bytes write(Bytes submitted, String to) {
    RawObject payload = RawObject.of(RawObject.checked(submitted));
    JsonWriter out = new JsonWriter(submitted.length() + FRAME_BYTES).beginObject();
    for (Map.Entry<String, Bytes> member : payload.members().entrySet()) {
      if (isKept(payload, member.getKey(), to)) {
        out.name(member.getKey()).compact(member.getValue());
      }
    }
    if (!isKept(payload, TO, to)) {
      out.member(TO, to);
    }
    out.name(BLOCK).beginObject();
    RawObject block = payload.object(BLOCK);
    rest(out, block, Set.of(VERSION));
    out.name(VERSION).beginObject();
    rest(out, block.object(VERSION), OURS);
    out.name("on_fallback_channel").flag(true);
    Optional<String> rendered = TemplateText.of(payload);
    rendered.ifPresent(text -> out.member("rendered_content", text));
    return out.endObject().endObject().endObject().bytes();
  }

  /// A number stays as it was written; a user id that stands in its place is no use to a bridge.
  private static boolean isKept(RawObject payload, String name, String to) {
    if (name.equals(TO)) {
      String written = payload.scalar(TO);
      return written != null && written.replaceAll("[^0-9]", "").equals(to);
    }
    return !name.equals(BLOCK);
  }

  private static void rest(JsonWriter out, RawObject object, Set<String> without) {
    for (Map.Entry<String, Bytes> member : object.members().entrySet()) {
      if (!without.contains(member.getKey())) {
        out.name(member.getKey()).compact(member.getValue());
      }
    }
  }
}
