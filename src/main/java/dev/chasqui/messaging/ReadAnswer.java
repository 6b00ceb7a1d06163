package dev.chasqui.messaging;

import dev.chasqui.json.Json;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.Sending.Outcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Decides what one call of upstream came to: done, certainly not done, or unknown. This is the one
/// place that decides it; the table is in docs/design/messaging.md.
///
/// The rule behind the table: *not done* is said only if no byte of the request can have been acted
/// on, or if upstream says so itself. Whatever is in between is unknown.
final class ReadAnswer {

  /// Longer words are none.
  private static final int MAX_STATUS = 64;

  private ReadAnswer() {}

  static UpstreamAnswer of(SendResult result) {
    return switch (result) {
      case SendResult.Answered answered -> ofAnswer(answered);
      case SendResult.Failed failed -> ofFailure(failed);
    };
  }

  private static UpstreamAnswer ofFailure(SendResult.Failed failed) {
    return switch (failed.failure()) {
      case UNRESOLVABLE,
          RESOLVER_DOWN,
          ADDRESS_REFUSED,
          CONNECT_FAILED,
          TLS_FAILED,
          STALE_CONNECTION ->
          new UpstreamAnswer.Unreached(
              SendAnswer.Cause.UPSTREAM, "upstream was not reached: " + failed.detail());
      case HOST_BUSY ->
          new UpstreamAnswer.Unreached(
              SendAnswer.Cause.BUSY, "too many messages wait for upstream");
      // It may have been under way when the gateway began to stop.
      case TIMEOUT, RESET, ANSWER_TOO_LARGE, BAD_ANSWER, CLOSED ->
          new UpstreamAnswer.Unknown("upstream's answer never came: " + failed.detail());
    };
  }

  private static UpstreamAnswer ofAnswer(SendResult.Answered answered) {
    int status = answered.status();
    JsonNode document = read(answered.body());
    if (status >= 200 && status < 300) {
      return ofSuccess(status, document, answered.body());
    }
    JsonNode error = document == null ? null : document.path("error");
    if (error != null && error.isObject()) {
      return new UpstreamAnswer.Refused(
          status, fault(error), answered.retryAfter(), answered.body());
    }
    if (status >= 500) {
      return new UpstreamAnswer.Unknown("upstream answered " + status + " without Graph's error");
    }
    return ofSomebodyElse(status, answered.retryAfter());
  }

  /// An answer that does not have the form of a success, or is not the Graph API's at all: a proxy
  /// may have made it up, and the message may have been sent.
  private static UpstreamAnswer ofSuccess(int status, @Nullable JsonNode document, Bytes body) {
    if (document == null || !document.isObject()) {
      return new UpstreamAnswer.Unknown("upstream answered " + status + " without a document");
    }
    if (document.path("success").asBoolean(false)) {
      return new UpstreamAnswer.Done(body);
    }
    String id = text(document.path("messages").path(0).path("id"));
    if (id == null || id.isEmpty()) {
      return new UpstreamAnswer.Unknown("upstream answered " + status + " and named no message");
    }
    JsonNode contact = document.path("contacts").path(0);
    Participant who =
        new Participant(text(contact.path("wa_id")), text(contact.path("user_id")), null);
    return new UpstreamAnswer.Accepted(id, who, messageStatus(document), body);
  }

  private static @Nullable String messageStatus(JsonNode document) {
    String status = text(document.path("messages").path(0).path("message_status"));
    boolean isNews = status != null && !status.equals("accepted") && status.length() <= MAX_STATUS;
    return isNews ? status : null;
  }

  /// A proxy or the platform's edge refused before Graph was asked, or points elsewhere.
  private static UpstreamAnswer ofSomebodyElse(int status, @Nullable String retryAfter) {
    boolean isRefusal = status >= 400;
    if (!isRefusal) {
      return new UpstreamAnswer.Unreached(
          SendAnswer.Cause.UPSTREAM, "upstream answered " + status + ", which is not followed");
    }
    SendAnswer.Fault fault =
        new SendAnswer.Fault(0, "upstream answered " + status + " without words", null, null, null);
    return new UpstreamAnswer.Refused(status, fault, retryAfter, Bytes.EMPTY);
  }

  /// The error of a refusal that was written down.
  static SendAnswer.Fault fault(Outcome.Refused refused) {
    JsonNode document = read(refused.answer());
    return document != null && document.path("error").isObject()
        ? fault(document.path("error"))
        : new SendAnswer.Fault(refused.code(), refused.title(), null, null, null);
  }

  private static SendAnswer.Fault fault(JsonNode error) {
    String message = text(error.path("message"));
    String userTitle = text(error.path("error_user_title"));
    String details = text(error.path("error_data").path("details"));
    return new SendAnswer.Fault(
        error.path("code").asLong(0),
        message == null ? "refused" : message,
        text(error.path("type")),
        details == null ? userTitle : details,
        text(error.path("fbtrace_id")));
  }

  private static @Nullable JsonNode read(Bytes body) {
    try {
      return body.length() == 0 ? null : Json.read(body);
    } catch (MalformedJsonException _) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }
}
