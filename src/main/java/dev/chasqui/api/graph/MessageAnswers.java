package dev.chasqui.api.graph;

import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.messaging.SendAnswer;
import dev.chasqui.messaging.UpstreamAnswer;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Via;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What became of a message, in Graph's shapes. Upstream's own answers are passed on byte for byte,
/// with its status; what upstream did not say is said in its envelope (docs/messages.md).
final class MessageAnswers {

  /// The request's name here, by which an operator finds it.
  static final String SUBMISSION = "Chasqui-Submission-Id";

  /// Says of an answer that it was given before.
  static final String REPLAYED = "Idempotent-Replayed";

  private static final String RETRY_AFTER = "Retry-After";
  private static final int UNKNOWN = 1;
  private static final int PARAMETER = 100;
  private static final int SERVICE_UNAVAILABLE = 131016;

  private final GraphErrors errors;

  MessageAnswers(GraphErrors errors) {
    this.errors = errors;
  }

  Response of(SendAnswer answer) {
    return switch (answer) {
      case SendAnswer.Accepted accepted ->
          marked(Response.json(200, body(accepted)), accepted.submission(), accepted.repeated());
      case SendAnswer.Refused refused ->
          marked(
              refusal(refused.status(), refused.fault(), refused.retryAfter(), refused.answer()),
              refused.submission(),
              refused.repeated());
      case SendAnswer.Unknown(var submission, String why, boolean repeated) ->
          marked(unknown(why), submission, repeated);
      case SendAnswer.FallbackFailed(String reason, boolean mayHaveArrived) ->
          error(502, SERVICE_UNAVAILABLE, "The fallback channel failed", reason, !mayHaveArrived);
      case SendAnswer.Conflict(var clash) -> conflict(clash);
      case SendAnswer.Unavailable unavailable -> unavailable(unavailable);
    };
  }

  /// The same of a call that is about no message of ours: `status: read`.
  Response of(UpstreamAnswer answer) {
    return switch (answer) {
      case UpstreamAnswer.Accepted accepted -> Response.json(200, accepted.body());
      case UpstreamAnswer.Done(Bytes body) -> Response.json(200, body);
      case UpstreamAnswer.Refused(int status, var fault, var retryAfter, Bytes body) ->
          refusal(status, fault, retryAfter, body);
      case UpstreamAnswer.Unknown(String why) -> unknown(why);
      case UpstreamAnswer.Unreached(var cause, String reason) ->
          unavailable(new SendAnswer.Unavailable(cause, reason, 5));
    };
  }

  private static Bytes body(SendAnswer.Accepted accepted) {
    return accepted.via() == Via.WHATSAPP ? accepted.answer() : Json.bytes(success(accepted));
  }

  /// A bridge answers in a shape of its own.
  private static ObjectNode success(SendAnswer.Accepted accepted) {
    ObjectNode body = Json.object().put("messaging_product", "whatsapp");
    ObjectNode contact = body.putArray("contacts").addObject().put("input", accepted.input());
    if (accepted.contact().waId() != null) {
      contact.put("wa_id", accepted.contact().waId());
    }
    if (accepted.contact().userId() != null) {
      contact.put("user_id", accepted.contact().userId());
    }
    body.putArray("messages").addObject().put("id", accepted.messageId());
    return body;
  }

  private Response refusal(
      int status, SendAnswer.Fault fault, @Nullable String retryAfter, Bytes answer) {
    Response response =
        answer.length() > 0
            ? Response.json(status, answer)
            : error(status, Math.toIntExact(fault.code()), fault.title(), fault.details(), false);
    return retryAfter == null ? response : response.with(RETRY_AFTER, retryAfter);
  }

  private Response unknown(String why) {
    return error(
        504,
        UNKNOWN,
        "It is not known whether the message was sent, and it is not sent again",
        why + "; the first status that names it tells",
        false);
  }

  private Response conflict(SendAnswer.Clash clash) {
    return switch (clash) {
      case OTHER_REQUEST ->
          error(409, PARAMETER, "The Idempotency-Key stands for another request", null, false);
      case IN_FLIGHT ->
          error(
                  409,
                  PARAMETER,
                  "The first request with this Idempotency-Key is not answered yet",
                  null,
                  true)
              .with(RETRY_AFTER, "1");
    };
  }

  private Response unavailable(SendAnswer.Unavailable unavailable) {
    return switch (unavailable.cause()) {
      case NO_FALLBACK_CHANNEL -> error(400, PARAMETER, unavailable.reason(), null, false);
      case JOURNAL, UPSTREAM, BUSY, NO_ACCESS_TOKEN ->
          error(503, SERVICE_UNAVAILABLE, "The message was not sent", unavailable.reason(), true)
              .with(RETRY_AFTER, Integer.toString(unavailable.retryAfterSeconds()));
    };
  }

  private static Response marked(Response response, EventId submission, boolean repeated) {
    Response named = response.with(SUBMISSION, submission.toString());
    return repeated ? named.with(REPLAYED, "true") : named;
  }

  private Response error(
      int status, int code, String message, @Nullable String details, boolean isTransient) {
    return errors.of(
        status, new GraphErrors.Fault(code, 0, "OAuthException", message, details, isTransient));
  }
}
