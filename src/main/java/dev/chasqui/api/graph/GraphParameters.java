package dev.chasqui.api.graph;

import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Request;
import dev.chasqui.json.Json;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.Bytes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The parameters of a call as Graph takes them: members of a JSON object, or fields of a form.
/// What is not known is left alone: the same calls serve other purposes at Meta.
final class GraphParameters {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final ObjectNode members;

  private GraphParameters(ObjectNode members) {
    this.members = members;
  }

  /// The parameters in a request's body, none if there is no body.
  ///
  /// @throws GraphException 100 if the body is neither a JSON object nor a form
  static GraphParameters of(Request request) {
    Bytes body = request.body();
    if (body.length() == 0) {
      return new GraphParameters(Json.object());
    }
    String type = request.headers().first("Content-Type");
    boolean isForm = type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
    // curl calls every body a form unless told otherwise.
    return isForm && body.at(0) != '{' ? form(body) : json(body);
  }

  /// A text, null if absent.
  ///
  /// @throws GraphException 100 if it is no text
  @Nullable String text(String name) {
    JsonNode value = members.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw GraphException.parameter("Param " + name + " must be a string");
    }
    return value.stringValue();
  }

  /// The parameters in an object inside; a form holds it as JSON text.
  ///
  /// @throws GraphException 100 if it is no object
  Optional<GraphParameters> object(String name) {
    JsonNode value = members.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value instanceof ObjectNode object) {
      return Optional.of(new GraphParameters(object));
    }
    if (value.isString()) {
      return Optional.of(json(Bytes.utf8(value.stringValue())));
    }
    throw GraphException.parameter("Param " + name + " must be an object");
  }

  private static GraphParameters json(Bytes body) {
    try {
      if (Json.read(body) instanceof ObjectNode object) {
        return new GraphParameters(object);
      }
    } catch (MalformedJsonException e) {
      throw GraphException.parameter("The body is not valid JSON");
    }
    throw GraphException.parameter("The body must be a JSON object");
  }

  private static GraphParameters form(Bytes body) {
    ObjectNode members = Json.object();
    try {
      for (String pair : body.toUtf8().split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        members.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    } catch (IllegalArgumentException e) {
      throw GraphException.parameter("The form is badly encoded");
    }
    return new GraphParameters(members);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /// Whether a field is asked for; all are if nothing is said.
  static boolean wants(Query query, String field) {
    String fields = query.first("fields");
    if (fields == null || fields.isBlank()) {
      return true;
    }
    for (String asked : fields.split(",", -1)) {
      if (asked.strip().equals(field)) {
        return true;
      }
    }
    return false;
  }
}
