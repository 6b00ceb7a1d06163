package dev.chasqui.sim;

import dev.chasqui.http.server.Headers;
import dev.chasqui.json.Json;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Looks at a delivery as a strict receiver does, and gathers what it does not like.
final class ShapeCheck {

  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,11}");

  private final List<String> objections = new ArrayList<>();

  List<String> objections() {
    return objections;
  }

  boolean need(boolean holds, String what) {
    if (!holds) {
      objections.add(what);
    }
    return holds;
  }

  /// The body as an object; an empty one, and an objection, if it is none or not on one line.
  JsonNode object(Bytes body) {
    String text = body.toUtf8();
    need(text.startsWith("{") && text.indexOf('\n') < 0, "the body is one line that begins with {");
    try {
      JsonNode node = Json.read(body);
      return need(node.isObject(), "the body is an object") ? node : Json.object();
    } catch (MalformedJsonException _) {
      need(false, "the body is JSON");
      return Json.object();
    }
  }

  /// Some receivers look for a header letter by letter.
  void header(Headers headers, String name) {
    need(
        headers.list().stream().anyMatch(header -> header.name().equals(name)),
        "there is a header spelled " + name);
  }

  void text(JsonNode object, String member, String path) {
    JsonNode value = object.path(member);
    need(value.isString() && !value.stringValue().isEmpty(), path + member + " is a text");
  }

  void seconds(JsonNode object, String path) {
    JsonNode value = object.path("timestamp");
    need(
        value.isString() && SECONDS.matcher(value.stringValue()).matches(),
        path + "timestamp is whole seconds in a text");
  }

  /// The object, or for shared contacts the list, that a message's type names.
  void content(JsonNode message, String path) {
    JsonNode content = message.path(message.path("type").asString(""));
    need(content.isObject() || content.isArray(), path + "has the object that its type names");
  }

  void media(JsonNode message, String type, String path) {
    for (String member : List.of("id", "mime_type", "sha256")) {
      text(message.path(type), member, path + type + ".");
    }
  }

  /// The elements of a list of errors that there is.
  void errors(JsonNode errors, String path) {
    need(errors.isArray() && !errors.isEmpty(), path + "errors is a list with something in it");
    for (JsonNode error : errors) {
      need(error.path("code").isIntegralNumber(), path + "errors[].code is a number");
      text(error, "title", path + "errors[].");
    }
  }

  /// The only element of a list.
  JsonNode only(JsonNode list, String path) {
    return need(list.isArray() && list.size() == 1, path + " has exactly one element")
        ? list.get(0)
        : Json.object();
  }
}
