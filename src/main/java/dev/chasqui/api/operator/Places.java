package dev.chasqui.api.operator;

import dev.chasqui.http.server.Request;
import dev.chasqui.json.InvalidBodyException;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonBody;
import dev.chasqui.model.Bytes;
import dev.chasqui.operations.Faults;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.operations.shape.Input;
import dev.chasqui.operations.shape.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The places of a request that the members of a record are read from.
///
/// @param body without members where the whole body is one member
record Places(Bound bound, Request request, Fields path, Fields query, Fields headers, Fields body)
    implements Input.Source {

  static Places of(Bound bound, Request request) {
    ObjectNode path = Json.object();
    ObjectNode query = Json.object();
    ObjectNode headers = Json.object();
    boolean isWhole = false;
    for (Shape.Member member : bound.members()) {
      String name = member.name();
      switch (bound.place(member)) {
        case PATH -> path.put(name, request.parameter(name));
        case QUERY -> put(query, member, request.query().first(name));
        case HEADER -> put(headers, member, request.headers().first(headerOf(member)));
        case WHOLE_BODY -> isWhole = true;
        case BODY -> {}
      }
    }
    boolean isEmpty = isWhole || request.body().length() == 0;
    JsonNode body = isEmpty ? Json.object() : Json.read(request.body());
    return new Places(bound, request, fields(path), fields(query), fields(headers), fields(body));
  }

  @Override
  public Fields fields(Shape.Member member) {
    return switch (bound.place(member)) {
      case PATH -> path;
      case QUERY -> query;
      case HEADER -> headers;
      case BODY, WHOLE_BODY -> body;
    };
  }

  @Override
  public Object body(Shape.Member member) {
    Bytes bytes = request.body();
    if (member.shape() instanceof Shape.Octets) {
      return bytes;
    }
    JsonNode tree = Json.read(bytes);
    if (!tree.isObject()) {
      throw Refusal.badBody("", "must be an object");
    }
    return tree;
  }

  /// Adds what is wrong with members of the body that are not known to be at fault.
  void note(Faults faults) {
    for (Refusal.Fault fault : faults.all()) {
      if (!body.isFaulty(fault.path())) {
        body.fault(fault.path(), fault.reason());
      }
    }
  }

  /// Refuses the request if anything in it is wrong. A part of the path that cannot be what is
  /// meant names nothing that is there.
  ///
  /// @throws Refusal with all faults of the first place that has any
  void check() {
    if (path.isFaulty()) {
      throw Refusal.notFound();
    }
    check(headers, "header");
    check(query, "query");
    body.check();
  }

  private static void check(Fields fields, String place) {
    try {
      fields.check();
    } catch (InvalidBodyException e) {
      List<Refusal.Fault> faults =
          e.problems().stream().map(it -> new Refusal.Fault(it.path(), it.reason())).toList();
      throw Refusal.bad(place, faults);
    }
  }

  private static Fields fields(JsonNode node) {
    return new Fields(JsonBody.of(node));
  }

  private static String headerOf(Shape.Member member) {
    return String.valueOf(member.header());
  }

  /// Text becomes what its shape reads; text that is none of that stays text, which is then told.
  private static void put(ObjectNode node, Shape.Member member, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return;
    }
    String name = member.name();
    switch (member.shape()) {
      case Shape.Flag _ when text.equals("true") || text.equals("false") ->
          node.put(name, text.equals("true"));
      case Shape.Whole _, Shape.Decimal _ when isNumber(text) ->
          node.put(name, Double.parseDouble(text));
      case Shape.ListOf _ -> List.of(text.split(",", -1)).forEach(node.withArray(name)::add);
      // A plus in a query is a blank.
      case Shape.Time _ -> node.put(name, text.replace(' ', '+'));
      default -> node.put(name, text);
    }
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?");
  }
}
