package dev.chasqui.store.sql;

import dev.chasqui.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings a database to the newest format with the numbered scripts of `db/migration`. Flyway does
/// the work; since loading it costs a good part of a start, it is left out when its own table shows
/// that the newest script was applied and none failed.
enum Migrations {
  SQLITE("sqlite"),
  POSTGRESQL("postgresql");

  /// The number of the newest script; a test holds it to the files.
  static final int NEWEST = 19;

  private static final int NOTHING = 0;
  private static final int UNCLEAR = -1;

  private final String folder;

  Migrations(String folder) {
    this.folder = folder;
  }

  /// @throws StoreException [StoreException.Kind#REFUSED] if the store is of a newer format or a
  ///   script fails
  void migrate(DataSource source) {
    int applied = applied(source);
    if (applied > NEWEST) {
      throw refused(
          "the store has format " + applied + ", this program knows up to " + NEWEST,
          new SQLException("newer format"));
    }
    if (applied != NEWEST) {
      runFlyway(source);
    }
  }

  private void runFlyway(DataSource source) {
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:db/migration/" + folder)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw refused("bringing the store to format " + NEWEST + " failed", e);
    }
  }

  /// The number of the newest applied script, or [#UNCLEAR] if one failed or is no number.
  private static int applied(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      if (!hasHistory(connection)) {
        return NOTHING;
      }
      return newest(statement);
    } catch (SQLException e) {
      throw SqlFaults.of(e);
    }
  }

  private static boolean hasHistory(Connection connection) throws SQLException {
    String table = "flyway_schema_history";
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(null, connection.getSchema(), table, new String[] {"TABLE"})) {
      return tables.next();
    }
  }

  private static int newest(Statement statement) throws SQLException {
    int newest = NOTHING;
    try (ResultSet rows =
        statement.executeQuery("SELECT version, success FROM flyway_schema_history")) {
      while (rows.next()) {
        String version = rows.getString(1);
        boolean isClear = rows.getBoolean(2) && version != null && version.matches("[0-9]{1,6}");
        if (!isClear) {
          return UNCLEAR;
        }
        newest = Math.max(newest, Integer.parseInt(version));
      }
    }
    return newest;
  }

  private static StoreException refused(String message, Exception cause) {
    return new StoreException(StoreException.Kind.REFUSED, message, cause);
  }
}
