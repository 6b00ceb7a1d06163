package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqliteWriterIT {

  private static final String PUT = "INSERT INTO apps (workspace, id) VALUES (?, ?)";

  private final SqliteFixture fixture = new SqliteFixture();
  private SqliteFile file;
  private SqliteWriter writer;

  @BeforeEach
  void start() {
    file = SqliteFile.take(fixture.file(), Duration.ofSeconds(1));
    Migrations.SQLITE.migrate(file.dataSource());
    writer = TestWriters.start(file);
  }

  @AfterEach
  void stop() {
    TestWriters.stop(writer);
    file.close();
    fixture.close();
  }

  private static SqlWork<Integer> put(String workspace) {
    return s -> s.update(PUT, workspace, "1");
  }

  private List<String> workspaces() {
    return writer.write(
        s -> s.list("SELECT workspace FROM apps ORDER BY 1", r -> r.getString(1)), false);
  }

  @Test
  void oneOfAGroupThatFailsTakesNoOtherWithIt() throws Exception {
    CountDownLatch gathering = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = callers.submit(() -> writer.write(waitFor(gathering), false));
      List<Future<Integer>> group = new ArrayList<>();
      group.add(callers.submit(() -> writer.write(put("a"), false)));
      group.add(callers.submit(() -> writer.write(halfDoneThenRefused(), false)));
      group.add(callers.submit(() -> writer.write(halfDoneThenBroken(), false)));
      group.add(callers.submit(() -> writer.write(put("b"), true)));
      gathering.countDown();
      first.get();
      assertThat(group.get(0).get()).isEqualTo(1);
      assertThat(group.get(3).get()).isEqualTo(1);
      assertThatThrownBy(group.get(1)::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(StoreException.class);
      assertThatThrownBy(group.get(2)::get).hasCauseInstanceOf(IllegalStateException.class);
    }
    assertThat(workspaces()).containsExactly("a", "b");
  }

  private static SqlWork<Integer> waitFor(CountDownLatch latch) {
    return _ -> {
      try {
        return latch.await(10, TimeUnit.SECONDS) ? 1 : 0;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static SqlWork<Integer> halfDoneThenRefused() {
    return s -> {
      s.update(PUT, "refused", "1");
      return s.update(PUT, "refused", "2");
    };
  }

  private static SqlWork<Integer> halfDoneThenBroken() {
    return s -> {
      s.update(PUT, "broken", "1");
      throw new IllegalStateException("our bug");
    };
  }

  @Test
  void operatorsChangesAreSyncedAndRowsAreNot() {
    assertThat(synchronousDuring(true)).isEqualTo(2);
    assertThat(synchronousDuring(false)).isEqualTo(1);
    assertThat(synchronousDuring(true)).isEqualTo(2);
  }

  private long synchronousDuring(boolean durable) {
    return writer.write(s -> s.number("PRAGMA synchronous", -1), durable);
  }

  @Test
  void whatWaitsAtTheEndIsWritten() throws SQLException {
    writer.write(put("last"), false);
    TestWriters.stop(writer);
    try (Session session = file.openForReading()) {
      assertThat(session.number("SELECT count(*) FROM apps", 0)).isEqualTo(1);
    }
  }

  /// Whatever comes while the writer ends is written or refused; nobody waits for an ended writer.
  @Test
  void writesBesideTheEndAreDoneOrRefused() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Boolean>> writes = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        String workspace = "w" + i;
        writes.add(callers.submit(() -> isWritten(go, workspace)));
      }
      go.countDown();
      TestWriters.stop(writer);
      long written = 0;
      for (Future<Boolean> write : writes) {
        written += write.get(30, TimeUnit.SECONDS) ? 1 : 0;
      }
      try (Session session = file.openForReading()) {
        assertThat(session.number("SELECT count(*) FROM apps", 0)).isEqualTo(written);
      }
    }
    assertThatThrownBy(() -> writer.write(put("late"), false)).hasMessage("the store is closed");
  }

  private boolean isWritten(CountDownLatch go, String workspace) throws InterruptedException {
    go.await();
    try {
      return writer.write(put(workspace), false) == 1;
    } catch (StoreException e) {
      assertThat(e).hasMessage("the store is closed");
      return false;
    }
  }
}
