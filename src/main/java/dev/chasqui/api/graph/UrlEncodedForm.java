package dev.chasqui.api.graph;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads `application/x-www-form-urlencoded`: queries and forms. Values become JSON texts.
final class UrlEncodedForm {

  static final String TYPE = "application/x-www-form-urlencoded";

  private UrlEncodedForm() {}

  record Pair(String name, String value) {

    /// As it stands in a query.
    String encoded() {
      return encode(name) + "=" + encode(value);
    }

    private static String encode(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
  }

  /// The fields by name, in order of appearance.
  ///
  /// @throws GraphException 100 if they are badly encoded, or one is there twice and differs
  static Map<String, Bytes> read(String form) {
    Map<String, Bytes> fields = new LinkedHashMap<>();
    readPairs(form).forEach(pair -> put(fields, pair.name(), text(pair.value())));
    return fields;
  }

  /// The fields as they stand.
  ///
  /// @throws GraphException 100 if they are badly encoded
  static List<Pair> readPairs(String form) {
    List<Pair> pairs = new ArrayList<>();
    for (String pair : form.split("&", -1)) {
      if (!pair.isBlank()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        pairs.add(new Pair(name, equals < 0 ? "" : decode(pair.substring(equals + 1))));
      }
    }
    return pairs;
  }

  /// Adds a value.
  ///
  /// @throws GraphException 100 if there is another one of the same name
  static void put(Map<String, Bytes> fields, String name, Bytes value) {
    String place = name.endsWith("[]") ? BracketNames.indexed(fields, name) : name;
    Bytes other = fields.putIfAbsent(place, value);
    if (other != null && !other.equals(value)) {
      throw GraphException.parameter(
          "Param " + name + " is there twice, with different values; nothing was changed");
    }
  }

  static Bytes text(String text) {
    return Json.bytes(JsonNodeFactory.instance.stringNode(text));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw GraphException.parameter("The query or form is badly percent-encoded");
    }
  }
}
