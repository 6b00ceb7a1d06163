package dev.chasqui.store.sql;

import dev.chasqui.observe.FileFault;
import dev.chasqui.observe.HeldElsewhereException;
import dev.chasqui.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The database file of one process, and how connections to it are set up. A lock file beside it
/// keeps a second process out: leases and the writer's thread assume that there is only one.
final class SqliteFile implements AutoCloseable {

  private static final int WRITER_CACHE_KIB = 16 * 1024;
  private static final int READER_CACHE_KIB = 2 * 1024;

  private final Path file;
  private final Duration busyTimeout;
  private final FileChannel lockChannel;

  private SqliteFile(Path file, Duration busyTimeout, FileChannel lockChannel) {
    this.file = file;
    this.busyTimeout = busyTimeout;
    this.lockChannel = lockChannel;
  }

  /// Takes the file for this process.
  ///
  /// @throws HeldElsewhereException if another process has it
  static SqliteFile take(Path file, Duration busyTimeout) {
    Path absolute = file.toAbsolutePath();
    try {
      Files.createDirectories(absolute.getParent());
      FileChannel channel =
          FileChannel.open(
              absolute.resolveSibling(absolute.getFileName() + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new HeldElsewhereException(
            "another Chasqui uses the store " + file + "; stop it, or name another file");
      }
      return new SqliteFile(absolute, busyTimeout, channel);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.GONE,
          "cannot open the store " + file + ": " + FileFault.of(e) + ", or set store.url",
          e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // This process itself has it open.
      return null;
    }
  }

  SQLiteDataSource dataSource() {
    SQLiteDataSource source = new SQLiteDataSource(config(WRITER_CACHE_KIB));
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /// A connection for the writer or the checkpointer.
  Session openForWriting() throws SQLException {
    return open(WRITER_CACHE_KIB, "PRAGMA wal_autocheckpoint = 0");
  }

  Session openForReading() throws SQLException {
    return open(READER_CACHE_KIB, "PRAGMA query_only = 1");
  }

  private Session open(int cacheKib, String pragma) throws SQLException {
    Connection connection = config(cacheKib).createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute(pragma);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new Session(connection, SqlDialect.SQLITE);
  }

  private SQLiteConfig config(int cacheKib) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setBusyTimeout((int) busyTimeout.toMillis());
    // Negative: KiB instead of pages.
    config.setCacheSize(-cacheKib);
    // Without it the driver asks for the last row id after each statement.
    config.setGetGeneratedKeys(false);
    return config;
  }

  @Override
  public void close() {
    try {
      lockChannel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
