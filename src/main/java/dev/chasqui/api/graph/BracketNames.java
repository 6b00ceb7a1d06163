package dev.chasqui.api.graph;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Names of form fields that say where a value belongs, as PHP writes and Graph reads them:
/// `text[body]=hi` is a member of an object, `fields[0]=messages` and `fields[]=messages` are
/// elements of a list.
final class BracketNames {

  private static final int MAX_DEPTH = 16;
  private static final Pattern NAME = Pattern.compile("([^\\[\\]]+)((?:\\[[^\\[\\]]*])+)");
  private static final Pattern KEY = Pattern.compile("\\[([^\\[\\]]*)]");

  private BracketNames() {}

  /// The fields with those of one name joined to its object or list.
  ///
  /// @throws GraphException 100 if a name is both a value and something that holds values
  static Map<String, Bytes> joined(Map<String, Bytes> fields) {
    if (fields.keySet().stream().noneMatch(name -> name.endsWith("]"))) {
      return fields;
    }
    Map<String, Bytes> joined = new LinkedHashMap<>();
    Map<String, ObjectNode> nested = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          Matcher bracketed = NAME.matcher(name);
          if (bracketed.matches()) {
            ObjectNode root = nested.computeIfAbsent(bracketed.group(1), _ -> Json.object());
            put(root, keys(bracketed.group(2)), Json.read(value));
          } else {
            joined.put(name, value);
          }
        });
    nested.forEach((name, root) -> UrlEncodedForm.put(joined, name, Json.bytes(withLists(root))));
    return joined;
  }

  /// The name of one more element of a list without indexes.
  static String indexed(Map<String, Bytes> fields, String name) {
    String list = name.substring(0, name.length() - 1);
    int index = 0;
    while (fields.containsKey(list + index + "]")) {
      index++;
    }
    return list + index + "]";
  }

  private static List<String> keys(String brackets) {
    List<String> keys = new ArrayList<>();
    Matcher key = KEY.matcher(brackets);
    while (key.find()) {
      keys.add(key.group(1));
    }
    if (keys.size() > MAX_DEPTH) {
      throw GraphException.parameter("A parameter's name nests too deep");
    }
    return keys;
  }

  private static void put(ObjectNode root, List<String> keys, JsonNode value) {
    ObjectNode here = root;
    for (String key : keys.subList(0, keys.size() - 1)) {
      JsonNode next = here.path(key);
      if (next.isMissingNode()) {
        next = here.putObject(key);
      }
      if (!(next instanceof ObjectNode inner)) {
        throw twice(key);
      }
      here = inner;
    }
    if (here.has(keys.getLast())) {
      throw twice(keys.getLast());
    }
    here.set(keys.getLast(), value);
  }

  private static GraphException twice(String key) {
    return GraphException.parameter("Param [" + key + "] is there twice; nothing was changed");
  }

  /// Objects whose keys are 0, 1, 2 and so on are lists.
  private static JsonNode withLists(ObjectNode object) {
    List<JsonNode> values = new ArrayList<>();
    boolean isList = true;
    for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
      isList &= member.getKey().equals(Integer.toString(values.size()));
      JsonNode value =
          member.getValue() instanceof ObjectNode inner ? withLists(inner) : member.getValue();
      object.set(member.getKey(), value);
      values.add(value);
    }
    ArrayNode list = Json.array();
    values.forEach(list::add);
    return isList ? list : object;
  }
}
