package dev.chasqui.api.operator;

import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.store.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A JSON object that is being answered; its members keep the order in which they are added.
final class JsonAnswer {

  private final ObjectNode members = Json.object();

  JsonAnswer add(String name, @Nullable String value) {
    members.put(name, value);
    return this;
  }

  JsonAnswer add(String name, @Nullable Long value) {
    members.put(name, value);
    return this;
  }

  JsonAnswer add(String name, long value) {
    members.put(name, value);
    return this;
  }

  JsonAnswer add(String name, boolean value) {
    members.put(name, value);
    return this;
  }

  JsonAnswer add(String name, JsonNode value) {
    members.set(name, value);
    return this;
  }

  /// Adds a list of texts.
  JsonAnswer add(String name, Collection<String> values) {
    ArrayNode list = Json.array();
    values.forEach(list::add);
    return add(name, list);
  }

  /// Adds an id, a time or another value that is told as text; null stays null.
  JsonAnswer text(String name, @Nullable Object value) {
    return add(name, value == null ? null : value.toString());
  }

  /// Adds a time in ISO-8601; null stays null.
  JsonAnswer time(String name, @Nullable Instant value) {
    return text(name, value);
  }

  JsonAnswer nothing(String name) {
    members.putNull(name);
    return this;
  }

  /// Adds a list of objects.
  <T> JsonAnswer list(String name, List<T> items, Function<T, JsonAnswer> writer) {
    ArrayNode list = Json.array();
    items.forEach(item -> list.add(writer.apply(item).members));
    return add(name, list);
  }

  /// Adds all members of another object; what is there already is replaced.
  JsonAnswer all(ObjectNode others) {
    members.setAll(others);
    return this;
  }

  ObjectNode members() {
    return members;
  }

  Response response(int status) {
    return Response.json(status, Json.bytes(members));
  }

  /// A page of a list.
  static <T> Response page(Page<T> page, Function<T, JsonAnswer> writer) {
    return new JsonAnswer()
        .list("data", page.data(), writer)
        .add("nextCursor", page.nextCursor())
        .response(200);
  }

  /// A list that is always told whole.
  static <T> Response whole(List<T> items, Function<T, JsonAnswer> writer) {
    return page(new Page<>(items, null), writer);
  }
}
