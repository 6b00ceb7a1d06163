package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.store.StoreException;
import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A database that is damaged is told as that, with the page that says how to mend it, and holds up
/// no webhook.
class DamagedStoreIT {

  private static final String WORDS =
      "the store's database is malformed (SQLITE_CORRUPT); docs/operate.md says how to mend it";
  private static final int PAGE_BYTES = 4096;
  private static final int HEADER_BYTES = 100;

  @TempDir private Path folder;

  /// The head of the file, and all that stands behind it.
  @ParameterizedTest
  @ValueSource(ints = {0, HEADER_BYTES, PAGE_BYTES})
  void aStartOverAMalformedDatabaseSaysSo(int from) throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      assertThat(caller.webhook(Caller.message("wamid.1", 5)).statusCode()).isEqualTo(200);
    }
    damage(from);
    assertThatThrownBy(() -> LocalGateway.start(folder))
        .isInstanceOf(StoreException.class)
        .hasMessage(WORDS);
  }

  @Test
  void aDatabaseThatBreaksWhileItRunsIsToldAndWebhooksAreTakenOn() throws Exception {
    try (LogLines log = new LogLines();
        Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      assertThat(caller.webhook(Caller.message("wamid.1", 5)).statusCode()).isEqualTo(200);
      assertThat(caller.get("/api/v1/stats")).contains("\"processed\":1");
      damage(PAGE_BYTES);
      for (int i = 2; i < 12; i++) {
        assertThat(caller.webhook(Caller.message("wamid." + i, 5)).statusCode()).isEqualTo(200);
      }
      Conditions.until("the log says so", () -> log.all().contains(WORDS));
      assertThat(caller.open("/ready").statusCode()).isEqualTo(503);
      String waits = "the projection waits for the store: " + WORDS;
      Conditions.until("readiness says so", () -> readiness(caller).contains(waits));
    }
  }

  private static String readiness(Caller caller) {
    try {
      return caller.open("/ready").body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// Writes nonsense over the pages, and makes all connections read them anew.
  private void damage(int from) throws Exception {
    Path file = folder.resolve("chasqui.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE revision SET probed_at = 1 WHERE id = 1");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      overwrite(file, from);
    }
  }

  private static void overwrite(Path file, int from) throws IOException {
    try (RandomAccessFile pages = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] nonsense = new byte[Math.toIntExact(pages.length()) - from];
      Arrays.fill(nonsense, (byte) 0x5a);
      pages.seek(from);
      pages.write(nonsense);
    }
  }
}
