package dev.chasqui.store.sql;

import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The platform threads of one [ReadLane]. A caller waits beside its read: a virtual thread leaves
/// its carrier meanwhile, which a call into SQLite would keep. What is over the bound of the queue
/// is refused at once.
final class ReadThreads {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final BlockingQueue<ReadTask<?>> waiting;
  private final Duration limit;
  private final List<Reader> readers = new ArrayList<>();
  private volatile boolean closed;

  /// @param sessions called once for each thread
  ReadThreads(
      ReadLane lane,
      int threads,
      StoreSettings.Reads settings,
      Supplier<? extends ReadSessions> sessions,
      Supervisor supervisor) {
    this.waiting = new ArrayBlockingQueue<>(settings.maxWaiting());
    this.limit = settings.limit();
    for (int i = 0; i < threads; i++) {
      readers.add(new Reader(sessions.get()));
    }
    for (int i = 0; i < threads; i++) {
      String name = "store-read-" + lane.name().toLowerCase(Locale.ROOT) + "-" + i;
      readers.get(i).start(supervisor, name);
    }
  }

  <T extends @Nullable Object> T read(SqlWork<T> work) {
    ReadTask<T> task = new ReadTask<>(work);
    if (closed) {
      throw closedFault();
    }
    if (!waiting.offer(task)) {
      throw ReadTask.busy("too many reads of the store wait; try again");
    }
    try {
      return task.await(limit);
    } finally {
      // Does nothing once a thread has taken it.
      waiting.remove(task);
    }
  }

  private static StoreException closedFault() {
    return new StoreException(
        StoreException.Kind.GONE, "the store is closed", new SQLException("the store is closed"));
  }

  /// Gives up what is read, refuses what waits, and ends the threads and their connections.
  void stop() throws InterruptedException {
    closed = true;
    List<ReadTask<?>> refused = new ArrayList<>();
    waiting.drainTo(refused);
    refused.forEach(task -> task.refuse(closedFault()));
    readers.forEach(Reader::stop);
    for (Reader reader : readers) {
      var _ = reader.loop().awaitEnd(STOP_LIMIT);
    }
  }

  /// One thread with its connection.
  private final class Reader {

    private final ReadSessions sessions;
    private volatile @Nullable ReadTask<?> current;
    private volatile @Nullable SupervisedLoop loop;

    Reader(ReadSessions sessions) {
      this.sessions = sessions;
    }

    void start(Supervisor supervisor, String name) {
      SupervisedLoop started = supervisor.loop(name, _ -> readUntilStopped());
      loop = started;
      started.start();
    }

    SupervisedLoop loop() {
      return Objects.requireNonNull(loop);
    }

    private void readUntilStopped() {
      try {
        while (!closed) {
          read(waiting.take());
        }
      } catch (InterruptedException _) {
        // Only stopping interrupts.
      } finally {
        sessions.close();
      }
    }

    private void read(ReadTask<?> task) {
      current = task;
      if (closed) {
        // The stop may have looked for what runs a moment ago.
        task.giveUp();
      }
      StoreException fault = task.run(sessions);
      current = null;
      if (fault != null && fault.isTemporary()) {
        sessions.close();
      }
    }

    void stop() {
      loop().expectEnd();
      ReadTask<?> running = current;
      if (running != null) {
        running.giveUp();
      }
      loop().thread().interrupt();
    }
  }
}
