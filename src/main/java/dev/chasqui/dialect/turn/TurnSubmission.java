package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.meta.Submissions;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import java.util.Map;
import java.util.Set;

/// A message that was sent, as subscribers of `turn` and `journey_outbound` get it: the submitted
/// payload, and beside it what Turn adds, `from`, `id`, `timestamp` and its block.
final class TurnSubmission {

  /// What is told as the gateway knows it, whatever was submitted.
  private static final Set<String> OURS = Set.of("from", "id", "timestamp", "_vnd");

  private TurnSubmission() {}

  /// Writes the members of the body.
  ///
  /// @param element what the event has of the message
  static void write(
      JsonWriter json,
      Notification.Submitted submitted,
      Bytes element,
      Outgoing.Identity identity) {
    RawObject own = RawObject.of(Submissions.payload(element));
    for (Map.Entry<String, Bytes> member : own.members().entrySet()) {
      if (!OURS.contains(member.getKey())) {
        json.name(member.getKey()).compact(member.getValue());
      }
    }
    if (!own.has("to")) {
      json.member("to", submitted.sending().recipient().id());
    }
    json.member("from", submitted.origin().displayPhoneNumber());
    json.member("id", submitted.sending().messageId());
    TurnBody.timestamp(json, submitted.at(), identity.receivedAt());
    json.name("_vnd");
    String inReplyTo = Submissions.inReplyTo(element);
    TurnVendor.of(submitted, inReplyTo, TemplateText.of(own).orElse(null), identity).write(json);
  }
}
