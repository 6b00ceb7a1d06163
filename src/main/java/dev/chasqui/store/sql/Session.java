package dev.chasqui.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/// One connection in use by one thread, with its prepared statements.
final class Session implements AutoCloseable {

  private static final int FETCH_ROWS = 2_000;

  /// Filters of lists come in thousands of shapes.
  private static final int MAX_PREPARED = 512;

  private final Connection connection;
  private final SqlDialect dialect;
  // In the order of their last use.
  private final LinkedHashMap<String, PreparedStatement> prepared =
      new LinkedHashMap<>(64, 0.75f, true);

  Session(Connection connection, SqlDialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  SqlDialect dialect() {
    return dialect;
  }

  Connection connection() {
    return connection;
  }

  /// @return how many rows it changed
  int update(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = prepare(sql);
    bind(statement, arguments);
    return statement.executeUpdate();
  }

  <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    PreparedStatement statement = prepare(sql);
    bind(statement, arguments);
    List<T> found = new ArrayList<>();
    collect(statement, reader, found);
    return found;
  }

  <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    return list(sql, reader, arguments).stream().findFirst();
  }

  /// The first column of the first row, or the given number if there is none or it is null.
  long number(String sql, long otherwise, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = prepare(sql);
    bind(statement, arguments);
    try (ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        return otherwise;
      }
      long value = rows.getLong(1);
      return rows.wasNull() ? otherwise : value;
    }
  }

  /// Runs a statement over many rows.
  ///
  /// @return how many rows it changed
  int bulk(Bulk bulk, List<@Nullable Object[]> rows) throws SQLException {
    int changed = 0;
    for (int from = 0; from < rows.size(); ) {
      int count = dialect.rowsPerStatement(rows.size() - from);
      changed += fill(bulk, rows.subList(from, from + count)).executeUpdate();
      from += count;
    }
    return changed;
  }

  /// Runs a statement over many rows that answers with rows.
  <T> List<T> bulk(Bulk bulk, List<@Nullable Object[]> rows, RowReader<T> reader)
      throws SQLException {
    List<T> found = new ArrayList<>();
    for (int from = 0; from < rows.size(); ) {
      int count = dialect.rowsPerStatement(rows.size() - from);
      collect(fill(bulk, rows.subList(from, from + count)), reader, found);
      from += count;
    }
    return found;
  }

  private PreparedStatement fill(Bulk bulk, List<@Nullable Object[]> rows) throws SQLException {
    PreparedStatement statement = prepare(bulk.sql(dialect, rows.size()));
    switch (dialect) {
      case SQLITE -> fillOneByOne(statement, rows);
      case POSTGRESQL -> fillArrays(statement, bulk.columns(), rows);
    }
    return statement;
  }

  private static void fillOneByOne(PreparedStatement statement, List<@Nullable Object[]> rows)
      throws SQLException {
    int at = 1;
    for (@Nullable Object[] row : rows) {
      for (Object value : row) {
        statement.setObject(at++, storable(value));
      }
    }
  }

  private void fillArrays(
      PreparedStatement statement, List<SqlType> columns, List<@Nullable Object[]> rows)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      SqlType type = columns.get(i);
      @Nullable Object[] values = type.column(rows, i);
      if (type == SqlType.TEXT) {
        for (int j = 0; j < values.length; j++) {
          values[j] = storable(values[j]);
        }
      }
      statement.setArray(i + 1, connection.createArrayOf(type.postgresName(), values));
    }
  }

  private static <T> void collect(PreparedStatement statement, RowReader<T> reader, List<T> found)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(reader.read(rows));
      }
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, storable(arguments[i]));
    }
  }

  /// PostgreSQL's texts cannot hold NUL; a sender's can.
  private static @Nullable Object storable(@Nullable Object value) {
    return value instanceof String text && text.indexOf(0) >= 0
        ? text.replace('\0', '\uFFFD')
        : value;
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      known.setFetchSize(FETCH_ROWS);
      prepared.put(sql, known);
      if (prepared.size() > MAX_PREPARED) {
        prepared.pollFirstEntry().getValue().close();
      }
    }
    return known;
  }

  /// Ends what another thread runs here, where the database has no limit of its own for it.
  void interrupt() {
    try {
      switch (dialect) {
        case SQLITE -> connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
        case POSTGRESQL -> {}
      }
    } catch (SQLException e) {
      System.getLogger(Session.class.getName())
          .log(System.Logger.Level.WARNING, "a read could not be interrupted", e);
    }
  }

  /// Ends the statements, not the connection.
  void closeStatements() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    prepared.clear();
  }

  @Override
  public void close() throws SQLException {
    closeStatements();
    connection.close();
  }
}
