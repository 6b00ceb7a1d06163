package dev.chasqui.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.chasqui.observe.Supervisor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// PostgreSQL behind a pool; each write is a transaction of its own. A transaction that lost
/// against another (deadlock, serialization) is run again a few times.
final class PostgresDatabase implements Database {

  private static final int WRITERS = 10;
  private static final int TRIES = 3;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /// Limits on waiting, and plans made for the table as it is: a plan kept from when a table was
  /// nearly empty reads all of it for each batch.
  private static final String SESSION =
      """
      SET lock_timeout = '5s'; SET statement_timeout = '30s'; SET jit = off;
      SET plan_cache_mode = force_custom_plan; SET random_page_cost = 1.1
      """;

  private static final int SOCKET_LIMIT_SECONDS = 60;
  private static final int STATEMENTS_KEPT = 512;

  private final SchemaLock lock;
  private final HikariDataSource pool;
  private final Reads reads;

  private PostgresDatabase(
      SchemaLock lock, HikariDataSource pool, StoreSettings.Reads settings, Supervisor supervisor) {
    this.lock = lock;
    this.pool = pool;
    this.reads = new Reads(settings, () -> new PooledReads(lock, pool), supervisor);
  }

  /// Takes the schema for this process, connects, and brings it to the newest format.
  ///
  /// @throws dev.chasqui.observe.HeldElsewhereException if another process works on the schema
  static PostgresDatabase open(StoreSettings settings, Supervisor supervisor) {
    PostgresUrl parts = PostgresUrl.parse(settings.url());
    SchemaLock lock = SchemaLock.take(source(parts, settings.node()), supervisor);
    try {
      // On a connection of its own: a migration may take longer than any statement afterwards.
      Migrations.POSTGRESQL.migrate(source(parts, settings.node()));
      lock.own();
      LockedSource source = configured(new LockedSource(lock), parts, settings.node());
      source.setTcpKeepAlive(true);
      source.setSocketTimeout(SOCKET_LIMIT_SECONDS);
      source.setPreparedStatementCacheQueries(STATEMENTS_KEPT);
      HikariConfig config = config(source);
      // Reads have their connections beside those of the writes: neither waits for the other.
      config.setMaximumPoolSize(WRITERS + Reads.connections(settings.reads()));
      return new PostgresDatabase(lock, connect(config), settings.reads(), supervisor);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// Connections of a place, without a pool.
  static DataSource source(PostgresUrl parts, String node) {
    return configured(new PGSimpleDataSource(), parts, node);
  }

  private static <T extends PGSimpleDataSource> T configured(
      T source, PostgresUrl parts, String node) {
    source.setUrl(parts.jdbc());
    source.setUser(parts.user());
    source.setPassword(parts.password());
    source.setConnectTimeout((int) CONNECT_LIMIT.toSeconds());
    source.setApplicationName("chasqui " + node);
    return source;
  }

  /// Opens connections while this process holds the schema. It is a subclass because the driver's
  /// own data source is what the pool knows best.
  @SuppressWarnings("serial") // nobody stores it
  private static final class LockedSource extends PGSimpleDataSource {

    private final transient SchemaLock lock;

    LockedSource(SchemaLock lock) {
      this.lock = lock;
    }

    @Override
    public Connection getConnection() throws SQLException {
      lock.requireAlive();
      return super.getConnection();
    }
  }

  private static HikariDataSource connect(HikariConfig config) {
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw PostgresFaults.cannotConnect(new SQLException(e.getCause()));
    }
  }

  private static HikariConfig config(DataSource source) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setDataSource(source);
    config.setMinimumIdle(1);
    config.setConnectionInitSql(SESSION);
    config.setConnectionTimeout(CONNECT_LIMIT.toMillis());
    return config;
  }

  private Connection connection() throws SQLException {
    lock.require();
    return pool.getConnection();
  }

  @Override
  public <T extends @Nullable Object> T read(ReadLane lane, SqlWork<T> work) {
    return reads.read(lane, work);
  }

  @Override
  public <T extends @Nullable Object> T write(SqlWork<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return writeOnce(work);
      } catch (SQLException e) {
        if (!hasLost(e) || attempt == TRIES) {
          throw SqlFaults.of(e);
        }
      }
    }
  }

  private static boolean hasLost(SQLException fault) {
    String state = fault.getSQLState();
    return state != null && state.startsWith("40");
  }

  private <T extends @Nullable Object> T writeOnce(SqlWork<T> work) throws SQLException {
    try (Connection connection = connection()) {
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
    try {
      reads.stop();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      pool.close();
      lock.close();
    }
  }

  /// A connection of the pool for each read.
  private record PooledReads(SchemaLock lock, HikariDataSource pool) implements ReadSessions {

    @Override
    public <T extends @Nullable Object> T with(SqlWork<T> work) throws SQLException {
      lock.require();
      try (Connection connection = pool.getConnection()) {
        return run(connection, work);
      }
    }

    @Override
    public void close() {
      // The pool keeps the connections, and ends those that are broken.
    }
  }
}
