package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Request;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonBody;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Caller;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.operations.shape.Times;
import dev.chasqui.store.PageRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One call whose caller is known and may make it.
///
/// @param workspace what the call is about; the caller reaches it
record OperatorCall(Request request, Caller caller, WorkspaceId workspace) {

  private static final int DEFAULT_LIMIT = 50;

  /// The same call as operations know it.
  Invocation invocation() {
    return new Invocation(caller, workspace);
  }

  /// Whether the caller may read what people wrote and what receivers answered.
  boolean mayReadContent() {
    return caller.kind() == Caller.Kind.ADMIN;
  }

  /// Refuses a body with anything in it, for calls that need none.
  void refuseBody() {
    optionalBody().check();
  }

  /// A part of the path.
  String path(String name) {
    return request.parameter(name);
  }

  /// An id in the path. What is no id is not found.
  <T> T pathId(String name, Function<String, T> parser) {
    try {
      return parser.apply(path(name));
    } catch (IllegalArgumentException e) {
      throw notFound();
    }
  }

  /// A query value, null if absent or empty.
  @Nullable String query(String name) {
    String value = request.query().first(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /// A query value that a parser understands, null if absent.
  <T> @Nullable T query(String name, Function<String, T> parser) {
    String value = query(name);
    if (value == null) {
      return null;
    }
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw badQuery(name, reason(e));
    }
  }

  /// A time in the query, ISO-8601 with an offset; null if absent.
  @Nullable Instant time(String name) {
    return query(name, text -> Times.instant(text.replace(' ', '+')));
  }

  /// A yes or no in the query; null if absent.
  @Nullable Boolean flag(String name) {
    return query(name, OperatorCall::yesOrNo);
  }

  /// Which page is wanted.
  PageRequest page() {
    Integer limit = query("limit", OperatorCall::limit);
    return new PageRequest(limit == null ? DEFAULT_LIMIT : limit, query("cursor"));
  }

  /// The members of the body, without any if there is no body.
  Fields optionalBody() {
    return new Fields(request.body().length() == 0 ? JsonBody.of(Json.object()) : parse());
  }

  /// The members of the body, which must be an object.
  Fields body() {
    return new Fields(parse());
  }

  /// The body, which must be an object, as it came.
  ObjectNode document() {
    return (ObjectNode) parse().node();
  }

  private JsonBody parse() {
    return JsonBody.parse(request.body());
  }

  /// The answer to anything that is not there, or that the caller may not know of.
  static ProblemException notFound() {
    return ProblemException.notFound("there is no such resource");
  }

  static ProblemException badQuery(String name, String reason) {
    return new ProblemException(
        400,
        "Bad query",
        "the query has a fault",
        List.of(new ProblemException.Item(name, reason)));
  }

  private static String reason(Exception e) {
    return e instanceof DateTimeException
        ? "must be a time such as 2026-01-31T09:00:00Z"
        : String.valueOf(e.getMessage());
  }

  private static Boolean yesOrNo(String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new IllegalArgumentException("must be true or false");
  }

  private static Integer limit(String text) {
    boolean number = text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int limit = number ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > PageRequest.MAX) {
      throw new IllegalArgumentException("must be a number from 1 to " + PageRequest.MAX);
    }
    return limit;
  }
}
