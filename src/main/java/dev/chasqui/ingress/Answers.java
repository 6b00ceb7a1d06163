package dev.chasqui.ingress;

import dev.chasqui.http.server.Response;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The bodies of product.md 3, field for field (seed 003). Put together by hand, since this is the
/// answer to every webhook; all that comes from outside is escaped.
final class Answers {

  static final String INVALID_SIGNATURE = "invalid_signature";

  private Answers() {}

  /// What is answered about one request.
  ///
  /// @param duplicate whether an earlier event's ids are told
  record Receipt(
      UUID requestId,
      EventId eventId,
      boolean signatureValid,
      boolean duplicate,
      Summary summary) {}

  static Response accepted(Receipt receipt) {
    StringBuilder json = new StringBuilder(448);
    json.append("{\"accepted\":true,\"requestId\":\"").append(receipt.requestId());
    json.append("\",\"signatureValid\":").append(receipt.signatureValid());
    json.append(",\"webhookEventId\":\"").append(receipt.eventId());
    json.append("\",\"outboxJobId\":\"").append(new JobId(receipt.eventId().ulid())).append('"');
    if (receipt.duplicate()) {
      json.append(",\"duplicate\":true");
    }
    return finished(200, json, receipt.summary());
  }

  static Response rejected(int status, String reason, Receipt receipt) {
    StringBuilder json = new StringBuilder(384);
    json.append("{\"accepted\":false,\"reason\":\"").append(reason);
    json.append("\",\"requestId\":\"").append(receipt.requestId());
    json.append("\",\"webhookEventId\":\"").append(receipt.eventId());
    json.append("\",\"signatureValid\":").append(receipt.signatureValid());
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

  private static Response finished(int status, StringBuilder json, Summary summary) {
    json.append(",\"summary\":{\"object\":");
    appendText(json, summary.object());
    json.append(",\"entries\":").append(summary.entries());
    json.append(",\"changeCount\":").append(summary.changeCount());
    json.append(",\"topic\":\"").append(summary.topic().wire());
    json.append("\",\"messageCount\":").append(summary.messageCount());
    json.append(",\"statusCount\":").append(summary.statusCount()).append("}}");
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    return Response.json(status, Bytes.of(bytes));
  }

  private static void appendText(StringBuilder json, @Nullable String text) {
    if (text == null) {
      json.append("null");
      return;
    }
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < 0x20 || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
