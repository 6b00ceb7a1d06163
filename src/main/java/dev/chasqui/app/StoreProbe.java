package dev.chasqui.app;

import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.Store;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// Asks the store whether it can be written, on a thread of its own: a request for readiness is
/// answered in time, however long the store takes. All requests while a probe is under way get its
/// result. Without requests nothing is written.
final class StoreProbe implements AutoCloseable {

  /// What a caller waits, well within the second that a prober gives.
  private static final Duration MAX_WAIT = Duration.ofMillis(700);

  private final Store store;
  private final SupervisedLoop loop;
  private final Semaphore asked = new Semaphore(0);
  private final AtomicReference<CompletableFuture<Optional<String>>> next =
      new AtomicReference<>(new CompletableFuture<>());
  private volatile boolean closed;

  StoreProbe(Store store, Supervisor supervisor) {
    this.store = store;
    this.loop = supervisor.loop("store-probe", this::run);
  }

  void start() {
    loop.start();
  }

  /// Why the store cannot be written now, empty if it can; answers within a second.
  Optional<String> trouble() throws InterruptedException {
    CompletableFuture<Optional<String>> answer = next.get();
    asked.release();
    try {
      return answer.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Optional.of("the store does not answer in time");
    } catch (ExecutionException e) {
      return Optional.of("the store cannot be asked");
    }
  }

  private void run(LoopReport report) throws InterruptedException {
    while (true) {
      asked.acquire();
      if (closed) {
        return;
      }
      asked.drainPermits();
      // Who asks from here on waits for the next one: this one may have looked before.
      CompletableFuture<Optional<String>> answer = next.getAndSet(new CompletableFuture<>());
      try {
        answer.complete(store.trouble());
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
        throw e;
      }
    }
  }

  @Override
  public void close() {
    loop.expectEnd();
    closed = true;
    asked.release();
  }
}
