package dev.chasqui.store.sql;

import dev.chasqui.model.Ulid;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Walks once through a table in order of its binary key, a window at a time, and deletes what
/// matches a condition. It remembers where it is, so that rows which stay are passed once and not
/// again at each step. Used by one thread.
final class Sweep {

  private static final byte[] LOWEST = new byte[Ulid.BYTES];

  private final Table table;
  private byte[] at = LOWEST;

  Sweep(Table table) {
    this.table = table;
  }

  /// Looks at one more window.
  ///
  /// @param below the key at which the walk ends
  /// @return whether there is more below that key; if not, the next step begins anew
  boolean step(Session session, byte[] below, @Nullable Object... arguments) throws SQLException {
    Optional<byte[]> end =
        session.first(
            "SELECT %1$s FROM %2$s WHERE %1$s > ? AND %1$s <= ? ORDER BY %1$s LIMIT 1 OFFSET ?"
                .formatted(table.key(), table.name()),
            row -> row.getBytes(1),
            at,
            below,
            table.window() - 1);
    byte[] until = end.orElse(below);
    Where where = new Where().and(table.condition(), arguments);
    session.update(
        "DELETE FROM %1$s WHERE %2$s > ? AND %2$s <= ? AND ".formatted(table.name(), table.key())
            + where.sql(),
        where.arguments(List.of(at, until)));
    at = end.isPresent() ? until : LOWEST;
    return end.isPresent();
  }

  /// The table and rows to sweep.
  ///
  /// @param key its key column
  /// @param window rows to look at in one step
  /// @param condition which rows go
  record Table(String name, String key, int window, String condition) {}
}
