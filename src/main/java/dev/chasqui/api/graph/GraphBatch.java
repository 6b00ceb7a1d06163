package dev.chasqui.api.graph;

import dev.chasqui.http.server.Header;
import dev.chasqui.http.server.Headers;
import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.JsonScanner;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Batches: up to fifty calls in one, made one after another with the batch's token, each answered
/// with its status, headers and body as text. One that fails stops no other.
final class GraphBatch {

  /// As many as Graph takes.
  static final int MAX_CALLS = 50;

  private static final String PARAMETER = "batch";
  private static final String KEY = "Idempotency-Key";
  private static final Set<String> MEMBERS =
      Set.of(
          "access_token",
          "body",
          "headers",
          "include_headers",
          "method",
          "name",
          "relative_url",
          "omit_response_on_success");

  private final GraphGate gate;
  private final GraphTree tree;

  GraphBatch(GraphGate gate, GraphTree tree) {
    this.gate = gate;
    this.tree = tree;
  }

  Response answer(Request request) throws InterruptedException {
    return gate.guarded(
        () -> {
          GraphParameters parameters = GraphParameters.of(request);
          var _ = gate.caller(request.headers(), parameters, GraphEdge.EVERYBODY);
          String token = gate.token(request.headers(), parameters);
          List<GraphParameters> calls = parameters.objects(PARAMETER);
          refuseUnlessFew(calls.size());
          List<Request> requests = new ArrayList<>();
          for (GraphParameters call : calls) {
            requests.add(request(request, call, token, requests.size()));
          }
          boolean hasHeaders = !"false".equals(parameters.word("include_headers"));
          return Response.json(200, all(calls, requests, hasHeaders));
        });
  }

  private static void refuseUnlessFew(int calls) {
    if (calls == 0) {
      throw GraphException.parameter("Param batch is required: a list of calls");
    }
    if (calls > MAX_CALLS) {
      throw GraphException.parameter(
          "Too many requests in batch message. Maximum batch size is " + MAX_CALLS);
    }
  }

  private Bytes all(List<GraphParameters> calls, List<Request> requests, boolean hasHeaders)
      throws InterruptedException {
    JsonWriter answers = new JsonWriter(1_024).beginArray();
    for (int i = 0; i < requests.size(); i++) {
      Response answer = tree.answer(requests.get(i));
      boolean isOmitted =
          "true".equals(calls.get(i).word("omit_response_on_success")) && answer.status() < 300;
      if (isOmitted) {
        answers.raw(Bytes.utf8("null"));
      } else {
        write(answers, answer, hasHeaders);
      }
    }
    return answers.endArray().bytes();
  }

  private static void write(JsonWriter answers, Response answer, boolean hasHeaders) {
    answers.beginObject().name("code").number(answer.status());
    if (hasHeaders) {
      answers.name("headers").beginArray();
      for (Header header : answer.headers()) {
        answers.beginObject().member("name", header.name()).member("value", header.value());
        answers.endObject();
      }
      answers.endArray();
    }
    answers.member("body", answer.body().toUtf8()).endObject();
  }

  /// One call as if it had come by itself.
  private static Request request(
      Request batch, GraphParameters call, @Nullable String token, int number) {
    call.allowOnly(MEMBERS);
    String method = call.text("method");
    String url = call.text("relative_url");
    if (method == null || url == null) {
      throw GraphException.parameter("Each call of a batch needs method and relative_url");
    }
    String own = call.text(GraphParameters.TOKEN);
    if (own != null && !own.equals(token)) {
      throw GraphException.parameter("The calls of a batch are made with the batch's access_token");
    }
    int query = url.indexOf('?');
    String path = query < 0 ? url : url.substring(0, query);
    String body = call.text("body");
    return new Request(
        method.toUpperCase(Locale.ROOT),
        GraphTree.versioned(path, batch.pathParameters().get("version")),
        batch.pathParameters(),
        new Query(query < 0 ? "" : url.substring(query + 1)),
        headers(batch, call, String.valueOf(token), number),
        body == null ? Bytes.EMPTY : Bytes.utf8(body),
        batch.source());
  }

  /// The batch's own, so that an `Idempotency-Key` is one of each call.
  private static Headers headers(Request batch, GraphParameters call, String token, int number) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Authorization", "Bearer " + token));
    headers.add(new Header("Content-Type", contentType(call)));
    String host = batch.headers().first("Host");
    if (host != null) {
      headers.add(new Header("Host", host));
    }
    String key = batch.headers().first(KEY);
    if (key != null) {
      headers.add(new Header(KEY, key + "/" + number));
    }
    return Headers.of(headers);
  }

  /// Bodies are forms unless a header says otherwise: `["Content-Type: application/json"]`, or an
  /// object with `name` and `value`.
  private static String contentType(GraphParameters call) {
    for (Bytes header : call.list("headers")) {
      RawObject named = RawObject.of(header);
      String text = named == RawObject.EMPTY ? new JsonScanner(header).text() : null;
      String name = text == null ? named.scalar("name") : text.split(":", 2)[0].strip();
      String value = text == null ? named.scalar("value") : text.substring(text.indexOf(':') + 1);
      if ("content-type".equalsIgnoreCase(name) && value != null) {
        return value.strip();
      }
    }
    return UrlEncodedForm.TYPE;
  }
}
