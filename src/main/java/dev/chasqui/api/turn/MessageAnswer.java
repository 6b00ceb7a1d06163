package dev.chasqui.api.turn;

import dev.chasqui.http.server.Header;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.messaging.Refusals;
import dev.chasqui.messaging.SendAnswer;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What became of a message, in Turn's words. Codes of the platform are passed on; where the
/// gateway itself speaks, the code is the HTTP status.
final class MessageAnswer {

  /// Names the request in the operator API: `GET /api/v1/events/{id}`.
  static final String SUBMISSION = "Chasqui-Submission-Id";

  /// Says that nothing was sent now: the answer is that of the first request with the same
  /// `Idempotency-Key`.
  static final String REPLAYED = "Idempotent-Replayed";

  /// Graph writes the code before its messages.
  private static final Pattern CODE = Pattern.compile("^\\(#[0-9]+\\) *");

  private MessageAnswer() {}

  static Response of(SendAnswer answer) {
    return switch (answer) {
      case SendAnswer.Accepted accepted ->
          named(accepted(accepted), accepted.submission(), accepted.repeated());
      case SendAnswer.Refused refused ->
          named(
              refused(refused.status(), refused.fault(), refused.retryAfter()),
              refused.submission(),
              refused.repeated());
      case SendAnswer.Unknown unknown ->
          named(unknown(unknown), unknown.submission(), unknown.repeated());
      case SendAnswer.FallbackFailed failed -> own(502, "Fallback channel failed", words(failed));
      case SendAnswer.Conflict conflict -> conflict(conflict.clash());
      case SendAnswer.Unavailable unavailable -> unavailable(unavailable);
    };
  }

  /// The answer for a call that upstream refused.
  static Response refused(int status, SendAnswer.Fault fault, @Nullable String retryAfter) {
    boolean isRate = status == 429 || Refusals.isOfRate(fault.code());
    String title = CODE.matcher(fault.title()).replaceFirst("");
    TurnFault told = new TurnFault(fault.code(), title, details(fault));
    List<Header> headers = new ArrayList<>();
    if (retryAfter != null || isRate) {
      headers.add(new Header("Retry-After", retryAfter == null ? "1" : retryAfter));
    }
    return TurnAnswer.refusal(new TurnException(isRate ? 429 : status, List.of(told), headers));
  }

  /// The answer for a call that cannot be done just now.
  static Response unavailable(SendAnswer.Cause cause, String reason, int retryAfterSeconds) {
    if (cause == SendAnswer.Cause.NO_FALLBACK_CHANNEL) {
      TurnFault fault = TurnFault.invalid("x-turn-fallback-channel", "is set, but " + reason);
      return TurnAnswer.refusal(new TurnException(400, fault));
    }
    TurnFault fault = new TurnFault(1011, "Service not ready", reason);
    Header header = new Header("Retry-After", Integer.toString(retryAfterSeconds));
    return TurnAnswer.refusal(new TurnException(503, List.of(fault), List.of(header)));
  }

  /// An answer whose code is its status.
  static Response own(int status, String title, String details) {
    return TurnAnswer.refusal(new TurnException(status, new TurnFault(status, title, details)));
  }

  private static Response accepted(SendAnswer.Accepted accepted) {
    ObjectNode body = Json.object();
    ObjectNode message = body.putArray("messages").addObject().put("id", accepted.messageId());
    String status = messageStatus(accepted);
    if (status != null) {
      message.put("message_status", status);
    }
    ObjectNode contact = body.putArray("contacts").addObject();
    contact.put("input", accepted.input());
    Participant who = accepted.contact();
    if (who.waId() != null) {
      contact.put("wa_id", who.waId());
    }
    if (who.userId() != null) {
      contact.put("user_id", who.userId());
    }
    body.set("meta", TurnAnswer.meta());
    return TurnAnswer.of(200, body);
  }

  /// What the platform says of the message beside its id: accepted is not always sent.
  private static @Nullable String messageStatus(SendAnswer.Accepted accepted) {
    if (accepted.via() != Via.WHATSAPP || accepted.answer().length() == 0) {
      return null;
    }
    JsonNode message = Json.read(accepted.answer()).path("messages").path(0);
    return message.path("message_status").asStringOpt().orElse(null);
  }

  private static Response unknown(SendAnswer.Unknown unknown) {
    return own(
        504,
        "Outcome unknown",
        "the message may have been sent and is not sent again by itself; its first status tells."
            + " Repeat it only with the same Idempotency-Key: "
            + unknown.why());
  }

  private static String words(SendAnswer.FallbackFailed failed) {
    return failed.mayHaveArrived()
        ? failed.reason() + "; it may have the message all the same"
        : failed.reason();
  }

  private static Response conflict(SendAnswer.Clash clash) {
    return switch (clash) {
      case OTHER_REQUEST ->
          own(409, "Conflict", "this Idempotency-Key was used with another request");
      case IN_FLIGHT ->
          own(409, "Conflict", "the first request with this Idempotency-Key is under way")
              .with("Retry-After", "1");
    };
  }

  private static Response unavailable(SendAnswer.Unavailable unavailable) {
    return unavailable(unavailable.cause(), unavailable.reason(), unavailable.retryAfterSeconds());
  }

  private static @Nullable String details(SendAnswer.Fault fault) {
    return Refusals.isOfToken(fault)
        ? "the platform refuses the gateway's own access token (secret meta-access-token)"
        : fault.details();
  }

  private static Response named(Response answer, EventId submission, boolean repeated) {
    Response named = answer.with(SUBMISSION, submission.toString());
    return repeated ? named.with(REPLAYED, "true") : named;
  }
}
