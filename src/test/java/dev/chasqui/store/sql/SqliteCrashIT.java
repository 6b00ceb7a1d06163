package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// After a crash the cursor and the rows still agree.
class SqliteCrashIT {

  private static final int WAL_HEADER_BYTES = 32;
  private static final int WAL_FRAME_BYTES = 24 + 4_096;

  private final Clock clock = Clock.fixed(Samples.START, ZoneOffset.UTC);
  private final SqliteFixture fixture = new SqliteFixture();
  private final SqliteFixture copy = new SqliteFixture();

  @AfterEach
  void removeFiles() {
    fixture.close();
    copy.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 150})
  void killedInTheMiddleOfItsCommits(int batches) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CommitLoop.class.getName(),
                fixture.file().resolveSibling("").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int told = readUntil(process, batches);
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    try (Store store = fixture.open(clock)) {
      // Killed, not powered off: all that was told is there.
      assertThat(CommitLoop.check(store)).isGreaterThanOrEqualTo(told);
      CommitLoop.commit(store, (int) store.projection().cursor(0) + 1);
    }
  }

  private static int readUntil(Process process, int batches) throws IOException {
    int told = 0;
    BufferedReader lines = process.inputReader();
    while (told < batches) {
      String line = lines.readLine();
      assertThat(line).as("the process ended by itself").isNotNull();
      told = Integer.parseInt(line);
    }
    return told;
  }

  @Test
  void thePowerCutTakesTheLastTransactionsWhole() throws Exception {
    fixture.open(clock).close();
    try (SqliteFile file = SqliteFile.take(fixture.file(), Duration.ofSeconds(1))) {
      SqliteWriter writer = TestWriters.start(file);
      SqlProjection projection = new SqlProjection(new WriterOnly(writer));
      for (int batch = 1; batch <= 6; batch++) {
        projection.commit(CommitLoop.batch(batch));
      }
      long bytes = Files.size(wal(fixture));
      int frames = (int) ((bytes - WAL_HEADER_BYTES) / WAL_FRAME_BYTES);
      assertThat(cursorsAfterCuts(frames)).contains(0L, 3L, 6L).isSorted();
      TestWriters.stop(writer);
    }
  }

  private List<Long> cursorsAfterCuts(int frames) throws IOException {
    List<Long> cursors = new ArrayList<>();
    for (int kept = 0; kept <= frames; kept++) {
      // At the boundary of a frame, and in the middle of the next.
      cursors.add(cursorAfterCut(WAL_HEADER_BYTES + (long) kept * WAL_FRAME_BYTES));
      cursors.add(cursorAfterCut(WAL_HEADER_BYTES + (long) kept * WAL_FRAME_BYTES + 700));
    }
    return cursors;
  }

  private long cursorAfterCut(long walBytes) throws IOException {
    Path wal = wal(copy);
    Files.copy(fixture.file(), copy.file());
    Files.copy(wal(fixture), wal);
    try (RandomAccessFile cut = new RandomAccessFile(wal.toFile(), "rw")) {
      cut.setLength(Math.min(walBytes, cut.length()));
    }
    try (Store store = copy.open(clock)) {
      return CommitLoop.check(store);
    } finally {
      Files.deleteIfExists(wal);
      Files.delete(copy.file());
    }
  }

  private static Path wal(SqliteFixture of) {
    return of.file().resolveSibling(of.file().getFileName() + "-wal");
  }

  /// Writes without ever moving the log into the file.
  private record WriterOnly(SqliteWriter writer) implements Database {

    @Override
    public <T extends @Nullable Object> T read(ReadLane lane, SqlWork<T> work) {
      return writer.write(work, false);
    }

    @Override
    public <T extends @Nullable Object> T write(SqlWork<T> work) {
      return writer.write(work, false);
    }

    @Override
    public <T extends @Nullable Object> T writeDurably(SqlWork<T> work) {
      return writer.write(work, true);
    }

    @Override
    public SqlDialect dialect() {
      return SqlDialect.SQLITE;
    }

    @Override
    public void close() {}
  }
}
