package dev.chasqui.operations.shape;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes records as JSON, members in the order of the record; null is written as null unless
/// [OmitNull] says otherwise.
public final class Output {

  private Output() {}

  /// The record as an object.
  public static ObjectNode of(Record value) {
    ObjectNode object = Json.object();
    write(object, Shape.of(value.getClass()), value);
    return object;
  }

  private static void write(ObjectNode object, Shape.Members shape, Object value) {
    for (Shape.Member member : shape.members()) {
      Object inside = member.of(value);
      if (inside == null) {
        if (!member.isOmittedWhenNull()) {
          object.putNull(member.name());
        }
      } else if (member.isFlat() && member.shape() instanceof Shape.Members flat) {
        write(object, flat, inside);
      } else {
        object.set(member.name(), node(member.shape(), inside));
      }
    }
  }

  private static JsonNode node(Shape shape, Object value) {
    return switch (shape) {
      case Shape.Flag _ -> Json.object().booleanNode((Boolean) value);
      case Shape.Whole _ -> Json.object().numberNode(((Number) value).longValue());
      case Shape.Decimal _ -> Json.object().numberNode((Double) value);
      case Shape.Choice _ -> text(Shape.Choice.word((Enum<?>) value));
      case Shape.Text _, Shape.Time _, Shape.Span _, Shape.Parsed _ -> text(value.toString());
      case Shape.ListOf(Shape item, int _) -> list(item, (Collection<?>) value);
      case Shape.MapOf(Shape inside) -> map(inside, (Map<?, ?>) value);
      case Shape.Tree _ -> (JsonNode) value;
      case Shape.Octets _ -> Json.read((Bytes) value);
      case Shape.Members members -> {
        ObjectNode object = Json.object();
        write(object, members, value);
        yield object;
      }
    };
  }

  private static ArrayNode list(Shape item, Collection<?> values) {
    ArrayNode list = Json.array();
    values.forEach(value -> list.add(node(item, Objects.requireNonNull(value))));
    return list;
  }

  private static ObjectNode map(Shape inside, Map<?, ?> values) {
    ObjectNode object = Json.object();
    values.forEach((name, value) -> object.set(name.toString(), orNull(inside, value)));
    return object;
  }

  private static JsonNode orNull(Shape shape, @Nullable Object value) {
    return value == null ? Json.object().nullNode() : node(shape, value);
  }

  private static JsonNode text(String value) {
    return Json.object().stringNode(value);
  }
}
