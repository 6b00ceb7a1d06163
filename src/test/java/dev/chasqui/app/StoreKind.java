package dev.chasqui.app;

import dev.chasqui.store.sql.PostgresFixture;
import java.nio.file.Path;
import java.util.Map;

/// The stores that a gateway can stand on, each fresh for a test.
enum StoreKind {
  SQLITE {
    @Override
    Place open(Path data) {
      return new Place(
          "", "jdbc:sqlite:" + data.resolve("chasqui.db"), "BEGIN IMMEDIATE", () -> {});
    }
  },
  POSTGRESQL {
    private static final String LOCK = "BEGIN; LOCK TABLE events, deliveries IN SHARE MODE";

    @Override
    Place open(Path data) {
      PostgresFixture database = new PostgresFixture();
      return new Place(database.url(), database.jdbc(), LOCK, database::close);
    }
  };

  /// @param data the gateway's data directory
  abstract Place open(Path data);

  /// Where a store is.
  ///
  /// @param url as in `store.url`, empty for the embedded one
  /// @param jdbc the same for JDBC, to look behind the gateway
  /// @param lock begins a transaction during which the gateway reads and does not write
  record Place(String url, String jdbc, String lock, Runnable end) implements AutoCloseable {

    /// What a gateway in this process is told.
    Map<String, String> settings() {
      return url.isEmpty() ? Map.of() : Map.of("store.url", url);
    }

    /// What a gateway in a process of its own is told.
    Map<String, String> environment() {
      return url.isEmpty() ? Map.of() : Map.of("CHASQUI_STORE_URL", url);
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
