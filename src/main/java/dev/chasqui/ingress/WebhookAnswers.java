package dev.chasqui.ingress;

import dev.chasqui.http.server.Response;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import java.util.UUID;

/// The bodies of product.md 3, field for field (seed 003).
final class WebhookAnswers {

  static final String INVALID_SIGNATURE = "invalid_signature";
  static final String NO_SECRET = "no_secret";

  /// The answer to nearly every webhook is no longer.
  private static final int USUAL_BYTES = 384;

  private WebhookAnswers() {}

  /// The members of the answer to one request.
  ///
  /// @param duplicate whether an earlier event's ids are told
  record Receipt(
      UUID requestId,
      EventId eventId,
      boolean signatureValid,
      boolean duplicate,
      Summary summary) {}

  static Response accepted(Receipt receipt) {
    JsonWriter json = new JsonWriter(USUAL_BYTES).beginObject().name("accepted").flag(true);
    json.name("requestId").text(receipt.requestId().toString());
    json.name("signatureValid").flag(receipt.signatureValid());
    json.name("webhookEventId").text(receipt.eventId().toString());
    json.name("outboxJobId").text(new JobId(receipt.eventId().ulid()).toString());
    if (receipt.duplicate()) {
      json.name("duplicate").flag(true);
    }
    return finished(200, json, receipt.summary());
  }

  static Response rejected(int status, String reason, Receipt receipt) {
    JsonWriter json = new JsonWriter(USUAL_BYTES).beginObject().name("accepted").flag(false);
    json.name("reason").text(reason);
    json.name("requestId").text(receipt.requestId().toString());
    json.name("webhookEventId").text(receipt.eventId().toString());
    json.name("signatureValid").flag(receipt.signatureValid());
    return finished(status, json, receipt.summary());
  }

  /// In the shape of errors that clients of Turn's API read.
  static Response refused(String reason, Receipt receipt) {
    boolean isJson = !reason.equals(Topic.INVALID_JSON.wire());
    String fault =
        isJson
            ? "\"code\":1009,\"title\":\"Parameter value is not valid\",\"details\":"
                + "\"there is none of messages, statuses, errors, and no event_type\""
            : "\"code\":-1,\"title\":\"Bad Request\",\"details\":\"the body is no JSON\"";
    String body = "{\"errors\":[{" + fault + "}],\"webhookEventId\":\"" + receipt.eventId() + "\"}";
    return Response.json(400, Bytes.utf8(body));
  }

  static Response error(int status, String error) {
    return Response.json(status, Bytes.utf8("{\"ok\":false,\"error\":\"" + error + "\"}"));
  }

  static Response errorWithRetry(int status, String error, long retryAfterSeconds) {
    return error(status, error).with("Retry-After", Long.toString(retryAfterSeconds));
  }

  private static Response finished(int status, JsonWriter json, Summary summary) {
    json.name("summary").beginObject();
    json.name("object").text(summary.object());
    json.name("entries").number(summary.entries());
    json.name("changeCount").number(summary.changeCount());
    json.name("topic").text(summary.topic().wire());
    json.name("messageCount").number(summary.messageCount());
    json.name("statusCount").number(summary.statusCount());
    return Response.json(status, json.endObject().endObject().bytes());
  }
}
