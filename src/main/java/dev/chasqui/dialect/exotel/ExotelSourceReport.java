package dev.chasqui.dialect.exotel;

import dev.chasqui.dialect.SourceFaults;
import dev.chasqui.dialect.SourceText;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A delivery report of any of the shapes as Meta's status.
///
/// The text `exo_detailed_status` counts before the number `exo_status_code`: Exotel gave the same
/// numbers other meanings in time ([ExotelWords]).
final class ExotelSourceReport {

  private static final Set<String> KINDS =
      Set.of("dlr", "message_status", "message-status", "status");

  /// What is told in Meta's words, and the shapes' own frames.
  private static final Set<String> TOLD =
      Set.of(
          "id",
          "sid",
          "message_sid",
          "message_id",
          "status",
          "type",
          "timestamp",
          "recipient",
          "recipient_id",
          "from",
          "to",
          "errors",
          "callback_type",
          "account_sid",
          "conversation",
          "biz_opaque_callback_data");

  private final RawObject item;
  private final @Nullable String time;
  private final Instant receivedAt;

  /// @param time the callback's own time, null if it has none
  ExotelSourceReport(RawObject item, @Nullable String time, Instant receivedAt) {
    this.item = item;
    this.time = time;
    this.receivedAt = receivedAt;
  }

  /// Whether an element of `whatsapp.messages[]`, or a flat body, is a report.
  static boolean isReport(RawObject item) {
    String kind = ExotelSourceMessage.kind(item);
    if (kind != null && (KINDS.contains(kind) || ExotelSourceMessage.KINDS.contains(kind))) {
      return KINDS.contains(kind);
    }
    boolean isFlat = ExotelSourceMessage.id(item) != null && item.scalar("status") != null;
    return isFlat || item.firstScalar("exo_detailed_status", "exo_status_code") != null;
  }

  Bytes write() {
    JsonWriter out = new JsonWriter(384).beginObject();
    out.member("id", ExotelSourceMessage.id(item));
    String status = status();
    out.name("status").text(status);
    String told = item.scalar("timestamp");
    out.name("timestamp").text(SourceText.seconds(told == null ? time : told, receivedAt));
    out.member(ExotelSourceMessage.CALLBACK_TIME, time);
    out.member(
        "recipient_id", SourceText.digits(item.firstScalar("recipient", "recipient_id", "to")));
    if (isPayment()) {
      out.name("type").text("payment");
    }
    // What the sender gave with the message and gets back: Meta's name for custom_data.
    out.member("biz_opaque_callback_data", customData());
    conversation(out);
    errors(out, status);
    Set<String> written = new HashSet<>(TOLD);
    for (Map.Entry<String, Bytes> member : item.members().entrySet()) {
      if (written.add(member.getKey())) {
        out.name(member.getKey()).raw(member.getValue());
      }
    }
    return out.endObject().bytes();
  }

  private String status() {
    String code = item.scalar("exo_status_code");
    if (isPayment()) {
      return "30049".equals(code) ? "pending" : "success";
    }
    return ExotelWords.status(item);
  }

  /// Reports of payments (India) have numbers of their own.
  private boolean isPayment() {
    String code = item.scalar("exo_status_code");
    return "30049".equals(code) || "30050".equals(code);
  }

  /// What users put there is often JSON, which goes back as the text that it was.
  private @Nullable String customData() {
    String text = item.firstScalar("biz_opaque_callback_data", "custom_data");
    Bytes raw = text == null ? item.raw("custom_data") : null;
    return raw == null || RawObject.isScalar(raw) ? text : raw.toUtf8();
  }

  /// Meta tells the category of a conversation as its origin.
  private void conversation(JsonWriter out) {
    Bytes raw = item.raw("conversation");
    if (raw == null) {
      return;
    }
    RawObject conversation = RawObject.of(raw);
    String category = conversation.scalar("category");
    if (category == null || conversation.has("origin")) {
      out.name("conversation").raw(raw);
      return;
    }
    out.name("conversation").beginObject();
    conversation.members().forEach((name, value) -> out.name(name).raw(value));
    out.name("origin").beginObject().name("type").text(category).endObject();
    if (!conversation.has("expiration_timestamp") && conversation.has("expiration")) {
      String expiration = conversation.scalar("expiration");
      out.name("expiration_timestamp").text(SourceText.seconds(expiration, receivedAt));
    }
    out.endObject();
  }

  private void errors(JsonWriter out, String status) {
    if (item.isList("errors")) {
      out.name("errors");
      SourceFaults.list(out, item.list("errors"));
    } else if (status.equals(ExotelWords.FAILED)) {
      String description = item.scalar("description");
      String title = item.firstScalar("exo_detailed_status", "description", "status");
      out.name("errors").beginArray();
      SourceFaults.one(
          out,
          item.scalar("exo_status_code"),
          title == null ? ExotelWords.FAILED : title,
          description);
      out.endArray();
    }
  }
}
