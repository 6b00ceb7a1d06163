package dev.chasqui.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// The session that holds the advisory lock of a schema, and what can be asked on it. For one
/// thread at a time.
///
/// @param pid of the server's process for this session
record SchemaSession(Connection connection, String schema, int pid) {

  /// The first half of the lock's key; the second is the schema's name, hashed.
  private static final int CHASQUI = 0x43485351;

  private static final String KEY = "(" + CHASQUI + ", hashtext(current_schema()) & 2147483647)";

  private static final int ANSWER_LIMIT_MILLIS = 5_000;

  /// Lets the server notice within half a minute that this machine is gone.
  private static final String SETTINGS =
      """
      SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
      SET lock_timeout = '5s'; SET statement_timeout = '5s'
      """;

  static SchemaSession of(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, ANSWER_LIMIT_MILLIS);
    try (Statement statement = connection.createStatement()) {
      statement.execute(SETTINGS);
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_schema(), pg_backend_pid()")) {
      row.next();
      String schema = row.getString(1);
      if (schema == null) {
        throw new SQLException(
            "store.url: the search path names no schema that exists; create it first", "3F000");
      }
      return new SchemaSession(connection, schema, row.getInt(2));
    }
  }

  /// @return false if another session has it
  boolean tryToLock() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock" + KEY)) {
      return row.next() && row.getBoolean(1);
    }
  }

  /// The holder of the lock, for the operator.
  String holder() throws SQLException {
    return read(
        """
        SELECT coalesce(a.application_name, 'a process')
          || coalesce(' at ' || host(a.client_addr), '')
        """);
  }

  /// The server's process of the session that has the lock, 0 if none has.
  int holderPid() throws SQLException {
    return Integer.parseInt(read("SELECT l.pid::text"));
  }

  private String read(String what) throws SQLException {
    String from =
        """
         FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
          AND (l.classid::bigint, l.objid::bigint) =\
        """
            + KEY
            + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(what + from)) {
      return row.next() ? row.getString(1) : "0";
    }
  }

  void own(String owner) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE revision SET owner = ? WHERE id = 1")) {
      statement.setString(1, owner);
      statement.executeUpdate();
    }
  }

  boolean isOwnedBy(String owner) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT owner FROM revision WHERE id = 1")) {
      @Nullable String found = row.next() ? row.getString(1) : null;
      return owner.equals(found);
    }
  }

  /// Whether the session, and with it the lock, is still there.
  boolean isAlive() {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1")) {
      return row.next();
    } catch (SQLException _) {
      return false;
    }
  }

  void close() {
    try {
      connection.close();
    } catch (SQLException _) {
      // It is gone already.
    }
  }
}
