package dev.chasqui.operations.shape;

import dev.chasqui.json.Json;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON Schema (2020-12) of shapes. Each record becomes a named schema once; others refer to it.
public final class Schemas {

  private static final String REFERENCE = "#/components/schemas/";
  private static final String OPERATIONS = "Operations";
  private static final String MAX_DIGITS = "^[0-9]{1,32}$";
  private static final double MOST = 0x1p53;

  /// Whether a schema is of what is taken or of what is told.
  public enum Direction {
    /// Absent members have a meaning; a text may not be empty.
    INPUT,
    /// Absent members stay as they are.
    PATCH,
    /// All members are there.
    OUTPUT
  }

  private final Map<String, ObjectNode> named = new TreeMap<>();
  private final Map<String, Class<?>> owners = new TreeMap<>();

  /// All named schemas so far, in the order of their names.
  public Map<String, ObjectNode> named() {
    return Map.copyOf(named);
  }

  /// Names a schema that is made by hand.
  public ObjectNode name(String name, ObjectNode schema) {
    named.put(name, schema);
    return reference(name);
  }

  /// A reference to the schema of a record.
  public ObjectNode of(Class<? extends Record> type, Direction direction) {
    String name = nameOf(type) + suffix(direction);
    Class<?> owner = owners.putIfAbsent(name, type);
    if (owner != null && owner != type) {
      throw new IllegalStateException(type + " and " + owner + " are both called " + name);
    }
    if (!named.containsKey(name)) {
      named.put(name, Json.object()); // one that holds itself finds it there
      named.put(name, members(Shape.of(type), direction));
    }
    return reference(name);
  }

  private static String suffix(Direction direction) {
    return switch (direction) {
      case INPUT -> "Input";
      case PATCH -> "Patch";
      case OUTPUT -> "";
    };
  }

  /// The name of a record's schema: its own, with that of its operations in front.
  static String nameOf(Class<? extends Record> type) {
    Class<?> outer = type.getEnclosingClass();
    String own = type.getSimpleName();
    if (outer == null || !outer.getSimpleName().endsWith(OPERATIONS)) {
      return outer == null ? own : outer.getSimpleName() + own;
    }
    String area = outer.getSimpleName();
    String prefix = area.substring(0, area.length() - OPERATIONS.length());
    return own.startsWith(prefix) ? own : prefix + own;
  }

  private ObjectNode members(Shape.Members shape, Direction direction) {
    ObjectNode schema = object();
    Doc doc = shape.type().getAnnotation(Doc.class);
    if (doc != null) {
      schema.put("description", doc.value());
    }
    add(schema, shape, direction);
    return schema;
  }

  /// An object without members yet.
  public static ObjectNode object() {
    ObjectNode schema = Json.object();
    schema.put("type", "object");
    schema.putObject("properties");
    return schema;
  }

  private void add(ObjectNode schema, Shape.Members shape, Direction direction) {
    for (Shape.Member member : shape.members()) {
      if (member.isFlat() && member.shape() instanceof Shape.Members inner) {
        add(schema, inner, direction);
      } else {
        add(schema, member, direction);
      }
    }
  }

  /// Adds a member to the schema of an object.
  public void add(ObjectNode schema, Shape.Member member, Direction direction) {
    schema.withObjectProperty("properties").set(member.name(), of(member, direction));
    if (isRequired(member, direction)) {
      schema.withArrayProperty("required").add(member.name());
    }
  }

  /// Whether a member must be there.
  public static boolean isRequired(Shape.Member member, Direction direction) {
    if (direction != Direction.INPUT) {
      return direction == Direction.OUTPUT && !member.isOmittedWhenNull();
    }
    boolean hasDefault =
        member.shape() instanceof Shape.Flag
            || member.shape() instanceof Shape.ListOf
            || member.shape() instanceof Shape.MapOf;
    return member.isRequired() && !hasDefault;
  }

  /// The schema of a member with what it means.
  public ObjectNode of(Shape.Member member, Direction direction) {
    ObjectNode schema = of(member.shape(), direction);
    boolean mayBeNull = !member.isRequired() && !member.isOmittedWhenNull();
    ObjectNode whole = mayBeNull ? orNull(schema) : schema;
    Doc doc = member.doc();
    if (doc == null) {
      return whole;
    }
    whole.put("description", doc.value());
    if (!doc.example().isEmpty()) {
      whole.putArray("examples").add(doc.example());
    }
    return whole;
  }

  private static ObjectNode orNull(ObjectNode schema) {
    if (schema.path("type").isString() && !schema.has("enum")) {
      String type = schema.path("type").stringValue();
      schema.putArray("type").add(type).add("null");
      return schema;
    }
    if (schema.isEmpty()) {
      return schema;
    }
    ObjectNode either = Json.object();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  /// The schema of a shape.
  public ObjectNode of(Shape shape, Direction direction) {
    boolean isInput = direction != Direction.OUTPUT;
    return switch (shape) {
      case Shape.Text text -> text(text, isInput);
      case Shape.Flag _ -> typed("boolean", null);
      case Shape.Whole(double min, double max) -> number("integer", min, max);
      case Shape.Decimal(double min, double max) -> number("number", min, max);
      case Shape.Time _ -> typed("string", "date-time");
      case Shape.Span _ -> typed("string", "duration");
      case Shape.Choice choice -> {
        ObjectNode schema = typed("string", null);
        ArrayNode words = schema.putArray("enum");
        choice.words().forEach(words::add);
        yield schema;
      }
      case Shape.Parsed _ -> typed("string", null);
      case Shape.ListOf(Shape item, int max) -> {
        ObjectNode schema = typed("array", null);
        schema.set("items", of(item, direction));
        yield isInput ? schema.put("maxItems", max) : schema;
      }
      case Shape.MapOf(Shape value) -> {
        ObjectNode schema = typed("object", null);
        schema.set("additionalProperties", of(value, direction));
        yield schema;
      }
      case Shape.Members members -> of(members.type(), direction);
      case Shape.Tree(Class<? extends Record> like) ->
          like(like, isInput ? Direction.PATCH : Direction.OUTPUT);
      case Shape.Octets(Class<? extends Record> like) -> like(like, direction);
    };
  }

  private ObjectNode like(@Nullable Class<? extends Record> type, Direction direction) {
    return type == null ? Json.object() : of(type, direction);
  }

  private static ObjectNode text(Shape.Text text, boolean isInput) {
    ObjectNode schema = typed("string", text.form() == Shape.Form.URL ? "uri" : null);
    if (!text.words().isEmpty()) {
      ArrayNode words = schema.putArray("enum");
      text.words().forEach(words::add);
    } else if (isInput && text.form() == Shape.Form.DIGITS) {
      schema.put("pattern", MAX_DIGITS);
    } else if (isInput) {
      schema.put("minLength", 1).put("maxLength", text.max());
    }
    return schema;
  }

  private static ObjectNode number(String type, double min, double max) {
    ObjectNode schema = typed(type, null);
    if (Math.abs(min) < MOST) {
      bound(schema, "minimum", min);
    }
    if (Math.abs(max) < MOST) {
      bound(schema, "maximum", max);
    }
    return schema;
  }

  private static void bound(ObjectNode schema, String name, double value) {
    if (value == Math.rint(value)) {
      schema.put(name, (long) value);
    } else {
      schema.put(name, value);
    }
  }

  private static ObjectNode typed(String type, @Nullable String format) {
    ObjectNode schema = Json.object();
    schema.put("type", type);
    return format == null ? schema : schema.put("format", format);
  }

  private static ObjectNode reference(String name) {
    ObjectNode reference = Json.object();
    return reference.put("$ref", REFERENCE + name);
  }
}
