package dev.chasqui.store.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conditions that all hold, with their arguments.
final class Where {

  private final List<String> conditions = new ArrayList<>();
  private final List<@Nullable Object> arguments = new ArrayList<>();

  Where and(String condition, @Nullable Object... values) {
    conditions.add(condition);
    arguments.addAll(List.of(values));
    return this;
  }

  /// The condition only if there is a value.
  Where andIf(String condition, @Nullable Object value) {
    return value == null ? this : and(condition, value);
  }

  String sql() {
    return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
  }

  /// The arguments in the order of the conditions, with others around them.
  @Nullable Object[] arguments(List<?> before, Object... after) {
    List<@Nullable Object> all = new ArrayList<>(before);
    all.addAll(arguments);
    all.addAll(List.of(after));
    return all.toArray();
  }
}
