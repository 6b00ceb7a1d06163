package dev.chasqui.messaging;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.model.Via;
import tools.jackson.databind.node.ObjectNode;

/// Answers a request as the first one with its key was answered, and sends nothing.
final class AnswerAgain {

  private AnswerAgain() {}

  /// @param input whom the client named, as it wrote it
  static SendAnswer of(String input, Sending sending) {
    return switch (sending.outcome()) {
      case Outcome.Accepted accepted -> accepted(input, sending, accepted);
      case Outcome.Refused refused ->
          new SendAnswer.Refused(
              sending.submission(),
              refused.status(),
              ReadAnswer.fault(refused),
              null,
              refused.answer(),
              true);
      case Outcome.Unknown(String reason) ->
          sending.via() == Via.FALLBACK
              ? new SendAnswer.FallbackFailed(reason, true)
              : new SendAnswer.Unknown(sending.submission(), reason, true);
    };
  }

  private static SendAnswer accepted(String input, Sending sending, Outcome.Accepted accepted) {
    boolean wasSeen = accepted.answer().length() > 0;
    boolean isUpstreamsWord = wasSeen && sending.via() == Via.WHATSAPP;
    Participant contact = isUpstreamsWord ? accepted.recipient() : sending.recipient();
    Bytes answer = wasSeen ? accepted.answer() : answer(input, contact, accepted.messageId());
    return new SendAnswer.Accepted(
        sending.submission(), accepted.messageId(), input, contact, sending.via(), answer, true);
  }

  /// What upstream would have answered: its answer never came, and a status told the rest.
  private static Bytes answer(String input, Participant contact, String messageId) {
    ObjectNode answer = Json.object().put("messaging_product", "whatsapp");
    ObjectNode line = answer.putArray("contacts").addObject().put("input", input);
    if (contact.waId() != null) {
      line.put("wa_id", contact.waId());
    }
    if (contact.userId() != null) {
      line.put("user_id", contact.userId());
    }
    answer.putArray("messages").addObject().put("id", messageId);
    return Json.bytes(answer);
  }
}
