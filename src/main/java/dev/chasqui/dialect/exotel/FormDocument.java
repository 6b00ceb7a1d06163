package dev.chasqui.dialect.exotel;

import dev.chasqui.dialect.exotel.FormFields.Field;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A form as a JSON object. Names with brackets nest, as in `whatsapp[messages][0][sid]`; numbers
/// in brackets, and nothing in them, make a list. A value that is an object or an array in JSON
/// stands as that, unless it stands where people write; all others are text.
final class FormDocument {

  private static final int MAX_NESTING = 16;

  private static final Set<String> PEOPLES =
      Set.of("caption", "custom_data", "description", "name", "profile_name", "title");

  private static final Set<String> PEOPLES_INSIDE = Set.of("body", "payload");

  private FormDocument() {}

  /// An object or list under way, and the values in it.
  private static final class Node {

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    Node inner(String name) {
      texts.remove(name);
      return nodes.computeIfAbsent(name, _ -> new Node());
    }

    void text(String name, String value) {
      nodes.remove(name);
      texts.put(name, value);
    }

    int size() {
      return nodes.size() + texts.size();
    }

    boolean isList() {
      return texts.keySet().stream().allMatch(Node::isIndex)
          && nodes.keySet().stream().allMatch(Node::isIndex);
    }

    private static boolean isIndex(String name) {
      return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }
  }

  static Bytes of(List<Field> fields) {
    Node root = new Node();
    for (Field field : fields) {
      put(root, field);
    }
    JsonWriter out = new JsonWriter(1_024);
    object(out, root, true);
    return out.bytes();
  }

  private static void put(Node root, Field field) {
    String[] path = path(field.name());
    Node node = root;
    for (int i = 0; i < path.length - 1; i++) {
      node = node.inner(named(node, path[i]));
    }
    node.text(named(node, path[path.length - 1]), field.value());
  }

  private static String named(Node node, String name) {
    return name.isEmpty() ? Integer.toString(node.size()) : name;
  }

  /// A name that is badly bracketed, or nests too deep, is one name.
  private static String[] path(String name) {
    int open = name.indexOf('[');
    if (open <= 0 || !name.endsWith("]")) {
      return new String[] {name};
    }
    String inside = name.substring(open + 1, name.length() - 1);
    String[] parts = (name.substring(0, open) + "][" + inside).split("]\\[", -1);
    return parts.length > MAX_NESTING ? new String[] {name} : parts;
  }

  private static void object(JsonWriter out, Node node, boolean isTop) {
    out.beginObject();
    node.texts.forEach((name, value) -> value(out.name(name), value, !isPeoples(name, isTop)));
    node.nodes.forEach((name, inner) -> node(out.name(name), inner));
    out.endObject();
  }

  private static void node(JsonWriter out, Node node) {
    if (!node.isList()) {
      object(out, node, false);
      return;
    }
    out.beginArray();
    node.texts.values().forEach(value -> value(out, value, true));
    node.nodes.values().forEach(inner -> node(out, inner));
    out.endArray();
  }

  /// Whether people write what stands under a name: if it looks like JSON, it still is text. At the
  /// top a body or payload is a whole callback.
  private static boolean isPeoples(String name, boolean isTop) {
    return PEOPLES.contains(name) || (!isTop && PEOPLES_INSIDE.contains(name));
  }

  private static void value(JsonWriter out, String value, boolean mayBeJson) {
    String stripped = value.strip();
    boolean looksLikeJson = stripped.startsWith("{") || stripped.startsWith("[");
    if (mayBeJson && looksLikeJson) {
      try {
        out.raw(RawObject.checked(Bytes.utf8(stripped)));
        return;
      } catch (MalformedJsonException _) {
        // It only looks like JSON.
      }
    }
    out.text(value);
  }
}
