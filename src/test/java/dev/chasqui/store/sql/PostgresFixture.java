package dev.chasqui.store.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A database of its own on one real PostgreSQL that all tests of the process share.
public final class PostgresFixture implements StoreFixture {

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final String name = "test_" + NUMBERS.incrementAndGet();

  public PostgresFixture() {
    execute("CREATE DATABASE " + name);
  }

  @Override
  public StoreSettings settings() {
    return new StoreSettings(url());
  }

  /// As the setting `store.url` has it.
  public String url() {
    return "postgresql://postgres:postgres@127.0.0.1:" + Server.SHARED.getPort() + "/" + name;
  }

  @Override
  public String jdbc() {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres&password=postgres"
        .formatted(Server.SHARED.getPort(), name);
  }

  /// What a restarted server does to its clients.
  void cutConnections() {
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

  /// Runs a statement behind the store's back.
  public void run(String sql) {
    try (Connection connection = DriverManager.getConnection(jdbc());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The schemas in the database, beside the server's own.
  public List<String> schemas() {
    List<String> names = new ArrayList<>();
    String sql =
        """
        SELECT nspname FROM pg_namespace
        WHERE nspname NOT LIKE 'pg%' AND nspname <> 'information_schema' ORDER BY 1
        """;
    try (Connection connection = DriverManager.getConnection(jdbc());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    execute("DROP DATABASE " + name + " WITH (FORCE)");
  }

  private static void execute(String sql) {
    try (Connection connection = Server.SHARED.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Started with the first test that needs it; ends with the process.
  private static final class Server {

    static final EmbeddedPostgres SHARED = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("fsync", "off")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
