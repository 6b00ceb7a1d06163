package dev.chasqui.store.sql;

import java.sql.SQLException;
import java.util.Optional;

/// Walks through the generations of a table and deletes rows that are too old, a window of rows at
/// a time. A generation that is left empty is removed, so that readers skip it. It remembers its
/// place; used by one thread.
final class GenerationSweep {

  private static final String NEXT =
      """
      SELECT generation, row_count FROM generations
      WHERE of_table = ? AND generation >= ? AND oldest_event <= ? ORDER BY generation LIMIT 1
      """;

  private final Table table;
  private long at;
  private long hash = Long.MIN_VALUE;

  /// What the generation held when its walk began.
  private long rows;

  GenerationSweep(Table table) {
    this.table = table;
  }

  /// Looks at one more window.
  ///
  /// @param until rows whose event is not after this id go
  /// @return whether there is more to look at; if not, the next step begins anew
  boolean step(Session session, byte[] until) throws SQLException {
    Optional<Holding> next =
        session.first(
            NEXT, row -> new Holding(row.getLong(1), row.getLong(2)), table.name(), at, until);
    if (next.isEmpty()) {
      moveTo(0);
      return false;
    }
    enter(next.get());
    Optional<Long> end =
        session.first(
            table.filled(
                """
                SELECT {hash} FROM {table} WHERE generation = ? AND {hash} > ?
                ORDER BY {hash} LIMIT 1 OFFSET ?
                """),
            row -> row.getLong(1),
            at,
            hash,
            table.window() - 1);
    delete(session, end.orElse(Long.MAX_VALUE), until);
    if (end.isEmpty()) {
      forgetIfEmpty(session, until);
      moveTo(at + 1);
    } else {
      hash = end.get();
    }
    return true;
  }

  private void enter(Holding next) {
    if (hash == Long.MIN_VALUE || next.generation() != at) {
      moveTo(next.generation());
      rows = next.rows();
    }
  }

  private void moveTo(long generation) {
    at = generation;
    hash = Long.MIN_VALUE;
  }

  private void delete(Session session, long end, byte[] until) throws SQLException {
    session.update(
        table.filled(
            """
            DELETE FROM {table}
            WHERE generation = ? AND {hash} > ? AND {hash} <= ? AND {event} <= ?
            """),
        at,
        hash,
        end,
        until);
  }

  /// Removes an empty generation, unless rows were put into it since the walk began: no reader
  /// would find them any more.
  private void forgetIfEmpty(Session session, byte[] until) throws SQLException {
    session.update(
        table.filled(
            """
            DELETE FROM generations
            WHERE of_table = ? AND generation = ? AND newest_event <= ? AND row_count = ?
              AND NOT EXISTS (SELECT 1 FROM {table} WHERE generation = ?)
            """),
        table.name(),
        at,
        until,
        rows,
        at);
  }

  private record Holding(long generation, long rows) {}

  /// What is swept.
  ///
  /// @param hash its column after the generation
  /// @param event its column with the event that tells a row's age
  /// @param window rows to look at in one step
  record Table(String name, String hash, String event, int window) {

    String filled(String sql) {
      return sql.replace("{table}", name).replace("{hash}", hash).replace("{event}", event);
    }
  }
}
