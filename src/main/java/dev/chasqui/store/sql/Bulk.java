package dev.chasqui.store.sql;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A statement over many rows at once. Its text begins with `WITH v(…) AS ({rows})` and takes the
/// rows from `v`; each database fills in its quickest way to pass them.
final class Bulk {

  private static final String ROWS = "{rows}";

  private final String text;
  private final List<SqlType> columns;
  private final Map<Integer, String> sqlite = new ConcurrentHashMap<>();
  private final String postgres;

  private Bulk(String text, List<SqlType> columns) {
    this.text = text;
    this.columns = columns;
    this.postgres = text.replace(ROWS, SqlDialect.POSTGRESQL.rows(columns, 0));
  }

  /// @param columns the types of the columns of `v`, in order
  static Bulk of(String text, SqlType... columns) {
    return new Bulk(text, List.of(columns));
  }

  String sql(SqlDialect dialect, int rows) {
    return switch (dialect) {
      case POSTGRESQL -> postgres;
      case SQLITE ->
          sqlite.computeIfAbsent(rows, n -> text.replace(ROWS, dialect.rows(columns, n)));
    };
  }

  List<SqlType> columns() {
    return columns;
  }
}
