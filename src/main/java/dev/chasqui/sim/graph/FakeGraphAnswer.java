package dev.chasqui.sim.graph;

import com.sun.net.httpserver.HttpExchange;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/// An HTTP answer of the fake Graph API.
record FakeGraphAnswer(int status, Map<String, String> headers, Bytes body) {

  static final FakeGraphAnswer SUCCESS =
      json(200, new JsonWriter(16).beginObject().name("success").flag(true).endObject().bytes());

  FakeGraphAnswer {
    headers = Map.copyOf(headers);
  }

  static FakeGraphAnswer json(int status, Bytes document) {
    return of(status, "application/json; charset=UTF-8", document);
  }

  static FakeGraphAnswer of(int status, String mediaType, Bytes body) {
    return new FakeGraphAnswer(status, Map.of("Content-Type", mediaType), body);
  }

  static FakeGraphAnswer error(GraphError error, String traceId) {
    FakeGraphAnswer answer = json(error.status(), error.document(traceId));
    return error
        .retryAfter()
        .map(wait -> answer.with("Retry-After", Long.toString(wait.toSeconds())))
        .orElse(answer);
  }

  void write(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, body.length() == 0 ? -1 : body.length());
    if (body.length() > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body.array(), body.offset(), body.length());
      }
    }
  }

  private FakeGraphAnswer with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new FakeGraphAnswer(status, more, body);
  }
}
