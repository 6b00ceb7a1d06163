package dev.chasqui.dialect.exotel;

import dev.chasqui.dialect.SourceFaults;
import dev.chasqui.dialect.SourceText;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A message of any of the shapes as Meta's.
final class ExotelSourceMessage {

  static final Set<String> KINDS = Set.of("icm", "incoming_message", "inbound_message");

  /// The time of the callback itself, as it came: another than that of what it tells.
  static final String CALLBACK_TIME = "exo_callback_timestamp";

  /// What is told in Meta's words, and the shapes' own frames.
  private static final Set<String> TOLD =
      Set.of(
          "id",
          "sid",
          "message_sid",
          "message_id",
          "from",
          "to",
          "timestamp",
          "type",
          "contact",
          "profile_name",
          "callback_type",
          "content",
          "message",
          "error",
          "errors",
          "account_sid");

  private final RawObject item;
  private final RawObject content;
  private final @Nullable String time;
  private final Instant receivedAt;

  /// @param item what names sender and id
  /// @param content what has the type and the body; the item itself in shape A
  /// @param time the callback's own time, null if it has none
  ExotelSourceMessage(
      RawObject item, RawObject content, @Nullable String time, Instant receivedAt) {
    this.item = item;
    this.content = content;
    this.time = time;
    this.receivedAt = receivedAt;
  }

  /// Whether an element of `whatsapp.messages[]` that is no report is a message.
  static boolean isMessage(RawObject item) {
    String kind = kind(item);
    boolean isCalledSo = kind != null && KINDS.contains(kind);
    return isCalledSo || !item.object("content").members().isEmpty();
  }

  /// What an element says that it is, null if it says nothing.
  static @Nullable String kind(RawObject item) {
    String kind = item.scalar("callback_type");
    return kind == null ? null : kind.strip().toLowerCase(Locale.ROOT);
  }

  /// The message's id: it has four names, and none belongs to one shape alone.
  static @Nullable String id(RawObject item) {
    return Stream.of("id", "message_sid", "sid", "message_id")
        .map(item::scalar)
        .filter(id -> id != null && !id.isBlank())
        .findFirst()
        .orElse(null);
  }

  /// The completion of a flow, which comes without a message around it.
  static Bytes flowResponse(RawObject body, Instant receivedAt) {
    JsonWriter out = new JsonWriter(512).beginObject();
    out.member("from", SourceText.digits(body.scalar("from")));
    out.member("id", id(body));
    out.name("timestamp").text(SourceText.seconds(body.scalar("timestamp"), receivedAt));
    out.member(CALLBACK_TIME, body.scalar("timestamp"));
    out.name("type").text("interactive").name("interactive").beginObject();
    out.name("type").text("nfm_reply").name("nfm_reply").beginObject();
    out.name("name").text("flow").name("body").text("Sent");
    Bytes response = body.raw("response_json");
    if (response != null) {
      // Meta has it as text.
      out.name("response_json");
      if (response.at(0) == '"') {
        out.raw(response);
      } else {
        out.text(response.toUtf8());
      }
    }
    out.member("flow_id", body.scalar("flow_id")).member("flow_token", body.scalar("flow_token"));
    return out.endObject().endObject().endObject().bytes();
  }

  /// The user who wrote it, null if nothing is known.
  @Nullable Bytes contact() {
    RawObject contact = item.object("contact");
    String from = SourceText.digits(item.scalar("from"));
    String waId = contact.scalar("wa_id");
    String name = item.scalar("profile_name");
    if (waId == null && from == null) {
      return null;
    }
    JsonWriter out = new JsonWriter(128).beginObject();
    Bytes profile = contact.raw("profile");
    if (profile != null) {
      out.name("profile").raw(profile);
    } else if (name != null) {
      out.name("profile").beginObject().name("name").text(name).endObject();
    }
    out.name("wa_id").text(waId == null ? from : SourceText.digits(waId));
    return out.endObject().bytes();
  }

  Bytes write() {
    JsonWriter out = new JsonWriter(512).beginObject();
    out.member("from", SourceText.digits(item.scalar("from")));
    out.member("id", id(item));
    String told = item.scalar("timestamp");
    out.name("timestamp").text(SourceText.seconds(told == null ? time : told, receivedAt));
    out.member(CALLBACK_TIME, time);
    Set<String> written = new HashSet<>(TOLD);
    body(out, written);
    errors(out);
    rest(out, content, written);
    rest(out, item, written);
    return out.endObject().bytes();
  }

  private void body(JsonWriter out, Set<String> written) {
    String type = content.scalar("type");
    Bytes body = type == null ? null : content.raw(type);
    switch (type) {
      case null -> {
        if (!faults().isEmpty()) {
          out.name("type").text("unsupported");
        }
      }
      case "list_reply", "button_reply" -> {
        out.name("type").text("interactive").name("interactive").beginObject();
        out.name("type").text(type);
        if (body != null) {
          out.name(type).raw(body);
        }
        out.endObject();
        written.addAll(Set.of(type, "interactive"));
      }
      case "voice" -> {
        out.name("type").text("audio").name("audio").beginObject();
        RawObject.of(body).members().forEach((name, value) -> out.name(name).raw(value));
        if (!RawObject.of(body).has("voice")) {
          out.name("voice").flag(true);
        }
        out.endObject();
        written.addAll(Set.of("voice", "audio"));
      }
      default -> plain(out, type, body, written);
    }
  }

  /// A type that Meta calls the same.
  private static void plain(
      JsonWriter out, String type, @Nullable Bytes body, Set<String> written) {
    out.name("type").text(type);
    if (body == null || !written.add(type)) {
      return;
    }
    boolean isBareText = type.equals("text") && RawObject.isScalar(body);
    out.name(type);
    if (isBareText) {
      out.beginObject();
      SourceText.member(out, "body", body);
      out.endObject();
    } else {
      out.raw(body);
    }
  }

  private void errors(JsonWriter out) {
    List<Bytes> faults = faults();
    if (!faults.isEmpty()) {
      out.name("errors");
      SourceFaults.list(out, faults);
    }
  }

  private List<Bytes> faults() {
    Bytes one = content.raw("error");
    if (one != null && RawObject.isObject(one)) {
      return List.of(one);
    }
    return content.list("errors");
  }

  private static void rest(JsonWriter out, RawObject object, Set<String> written) {
    for (Map.Entry<String, Bytes> member : object.members().entrySet()) {
      if (written.add(member.getKey())) {
        out.name(member.getKey()).raw(member.getValue());
      }
    }
  }
}
