package dev.chasqui.api.turn;

import dev.chasqui.http.server.Header;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.model.Version;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers in Turn's shapes.
final class TurnAnswer {

  /// Spelled as Turn does.
  private static final String JSON = "application/json; charset=utf-8";

  private TurnAnswer() {}

  /// `{}`, to what went well and has nothing to say.
  static Response done() {
    return of(200, Json.object());
  }

  static Response of(int status, ObjectNode body) {
    return Response.of(status, JSON, Json.bytes(body));
  }

  static Response refusal(TurnException e) {
    Response answer = refusal(e.status(), e.faults());
    for (Header header : e.headers()) {
      answer = answer.with(header.name(), header.value());
    }
    return answer;
  }

  static Response refusal(int status, List<TurnFault> faults) {
    ObjectNode body = Json.object();
    body.set("meta", meta());
    body.set("errors", errors(faults));
    return of(status, body);
  }

  /// Without `meta`, as Turn's.
  static Response rateLimited(RateBucket bucket) {
    ObjectNode body = Json.object();
    String title = "Rate limit hit for bucket " + bucket.wire();
    String details = "the limits are settings turn.rateLimit.*; come back after Retry-After";
    body.set("errors", errors(List.of(new TurnFault(429, title, details))));
    return of(429, body);
  }

  static ObjectNode meta() {
    ObjectNode meta = Json.object();
    meta.put("version", Version.VALUE);
    meta.putObject("backend").put("name", "WhatsApp").put("version", "latest");
    return meta.put("api_status", "stable");
  }

  private static ArrayNode errors(List<TurnFault> faults) {
    ArrayNode errors = Json.array();
    for (TurnFault fault : faults) {
      ObjectNode error = errors.addObject().put("code", fault.code()).put("title", fault.title());
      if (fault.details() != null) {
        error.put("details", fault.details());
      }
    }
    return errors;
  }
}
