package dev.chasqui.api.turn;

import dev.chasqui.http.server.Response;
import dev.chasqui.messaging.Refusals;
import dev.chasqui.messaging.SendAnswer;
import dev.chasqui.messaging.Submission;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;

/// `X-Turn-Contact-Check: 1` on a message. The platform has no check of contacts any more: sending
/// is the check. Where it refuses a message because its recipient cannot be reached by WhatsApp,
/// the contact is switched to the fallback channel at once, without waiting for the threshold.
public final class ContactCheck {

  private static final String WANTED = "X-Turn-Contact-Check";
  private static final String RESULT = "x-turn-contact-check-status";

  private final Unreachable unreachable;

  public ContactCheck(Unreachable unreachable) {
    this.unreachable = unreachable;
  }

  /// Told of contacts whom WhatsApp does not reach.
  @FunctionalInterface
  public interface Unreachable {
    /// Switches a contact to the fallback channel of a number; nothing happens if the number has
    /// none.
    ///
    /// @param contact digits, or the business-scoped user id
    void switchToFallback(WorkspaceId workspace, String phoneNumberId, String contact);
  }

  /// The answer with the check's result, if one was wanted and made.
  Response marked(TurnCall call, Submission submission, SendAnswer answer, Response response) {
    if (!call.isSwitchedOn(WANTED)) {
      return response;
    }
    return switch (answer) {
      case SendAnswer.Accepted accepted when accepted.via() == Via.WHATSAPP ->
          response.with(RESULT, "valid");
      case SendAnswer.Refused refused when Refusals.isRecipients(refused.fault().code()) -> {
        unreachable.switchToFallback(
            submission.workspace(),
            submission.phoneNumberId(),
            Recipient.id(submission.content().payload()));
        yield response.with(RESULT, "invalid");
      }
      case SendAnswer.Refused _, SendAnswer.Unknown _, SendAnswer.Unavailable _ ->
          response.with(RESULT, "failed");
      // The message did not go by WhatsApp, or nothing was tried.
      case SendAnswer.Accepted _, SendAnswer.FallbackFailed _, SendAnswer.Conflict _ -> response;
    };
  }
}
