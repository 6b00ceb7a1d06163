package dev.chasqui.api.operator;

import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.operations.Download;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Listed;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.UpToDate;
import dev.chasqui.operations.shape.Output;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes what an operation answers.
final class Answers {

  /// Of words that have a successor, in the form of RFC 9745: the start of 2026.
  private static final String DEPRECATED_SINCE = "@1767225600";

  /// How old the oldest webhook is that an answer may lack.
  private static final String BEHIND = "Chasqui-Behind-Seconds";

  private Answers() {}

  static Response of(Bound bound, Object output, Invocation invocation) {
    return noted(answer(bound, output), invocation);
  }

  private static Response answer(Bound bound, Object output) {
    OperationRoute route = bound.route();
    return switch (output) {
      case Operation.Nothing _ -> Response.empty(route.status());
      case Download download -> download(bound, download);
      case Listed<?> listed -> Response.json(route.status(), Json.bytes(page(listed)));
      case ObjectNode written -> located(route, written);
      case Record one -> located(route, Output.of(one));
      default -> throw new IllegalStateException("no answer is written of " + output.getClass());
    };
  }

  private static Response located(OperationRoute route, ObjectNode body) {
    Response answer = Response.json(route.status(), Json.bytes(body));
    String location = route.location();
    JsonNode id = body.path("id");
    return location == null || !id.isString()
        ? answer
        : answer.with("Location", location.replace("{id}", id.stringValue()));
  }

  private static Response download(Bound bound, Download download) {
    String mediaType =
        bound.operation().result() instanceof Operation.Result.Raw(String type)
            ? type
            : "application/octet-stream";
    Response answer = Response.of(bound.route().status(), mediaType, download.bytes());
    String name = download.fileName();
    return name == null
        ? answer
        : answer.with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  private static ObjectNode page(Listed<?> listed) {
    ObjectNode page = Json.object();
    ArrayNode data = page.putArray("data");
    listed.data().forEach(item -> data.add(Output.of((Record) item)));
    page.put("nextCursor", listed.nextCursor());
    return page;
  }

  /// The answer with what the call has to say about it, in headers.
  static Response noted(Response answer, Invocation invocation) {
    Response noted = answer;
    Duration behind = invocation.behind();
    if (behind != null) {
      noted = noted.with(BEHIND, Long.toString(UpToDate.seconds(behind)));
    }
    if (invocation.isDeprecated()) {
      noted = noted.with("Deprecation", DEPRECATED_SINCE);
    }
    return invocation.isRepeated() ? noted.with("Idempotent-Replayed", "true") : noted;
  }
}
