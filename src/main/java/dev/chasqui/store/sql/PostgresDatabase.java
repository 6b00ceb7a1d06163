package dev.chasqui.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.chasqui.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// PostgreSQL behind a pool; each write is a transaction of its own. A transaction that lost
/// against another (deadlock, serialization) is run again a few times.
final class PostgresDatabase implements Database {

  private static final int CONNECTIONS = 10;
  private static final int TRIES = 3;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /// Limits on waiting, and plans made for the table as it is: a plan kept from when a table was
  /// nearly empty reads all of it for each batch.
  private static final String SESSION =
      """
      SET lock_timeout = '5s'; SET statement_timeout = '30s'; SET jit = off;
      SET plan_cache_mode = force_custom_plan; SET random_page_cost = 1.1
      """;

  private static final String SOCKET_LIMIT_SECONDS = "60";
  private static final String STATEMENTS_KEPT = "512";

  private final HikariDataSource pool;

  private PostgresDatabase(HikariDataSource pool) {
    this.pool = pool;
  }

  /// Connects and brings the schema to the newest format.
  static PostgresDatabase open(String url) {
    PostgresUrl parts = PostgresUrl.parse(url);
    // On a connection of its own: a migration may take longer than any statement afterwards.
    Migrations.POSTGRESQL.migrate(dataSource(parts));
    return new PostgresDatabase(connect(config(parts)));
  }

  private static PGSimpleDataSource dataSource(PostgresUrl parts) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(parts.jdbc());
    source.setUser(parts.user());
    source.setPassword(parts.password());
    source.setConnectTimeout((int) CONNECT_LIMIT.toSeconds());
    return source;
  }

  private static HikariDataSource connect(HikariConfig config) {
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new StoreException(
          StoreException.Kind.GONE, "cannot connect to the PostgreSQL of store.url", e);
    }
  }

  private static HikariConfig config(PostgresUrl parts) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setJdbcUrl(parts.jdbc());
    config.setUsername(parts.user());
    config.setPassword(parts.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionInitSql(SESSION);
    config.setConnectionTimeout(CONNECT_LIMIT.toMillis());
    config.addDataSourceProperty("ApplicationName", "chasqui");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("socketTimeout", SOCKET_LIMIT_SECONDS);
    config.addDataSourceProperty("preparedStatementCacheQueries", STATEMENTS_KEPT);
    return config;
  }

  @Override
  public <T extends @Nullable Object> T read(SqlWork<T> work) {
    try (Connection connection = pool.getConnection()) {
      return run(connection, work);
    } catch (SQLException e) {
      throw Faults.of(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T write(SqlWork<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return writeOnce(work);
      } catch (SQLException e) {
        if (!hasLost(e) || attempt == TRIES) {
          throw Faults.of(e);
        }
      }
    }
  }

  private static boolean hasLost(SQLException fault) {
    String state = fault.getSQLState();
    return state != null && state.startsWith("40");
  }

  private <T extends @Nullable Object> T writeOnce(SqlWork<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      T result;
      try {
        result = run(connection, work);
      } catch (SQLException | RuntimeException e) {
        rollback(connection, e);
        throw e;
      }
      connection.commit();
      return result;
    }
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static <T extends @Nullable Object> T run(Connection connection, SqlWork<T> work)
      throws SQLException {
    Session session = new Session(connection, SqlDialect.POSTGRESQL);
    try {
      return work.run(session);
    } finally {
      // The connection goes back to the pool; the driver keeps what it prepared.
      session.closeStatements();
    }
  }

  @Override
  public <T extends @Nullable Object> T writeDurably(SqlWork<T> work) {
    return write(work);
  }

  @Override
  public SqlDialect dialect() {
    return SqlDialect.POSTGRESQL;
  }

  @Override
  public void close() {
    pool.close();
  }
}
