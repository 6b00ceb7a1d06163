package dev.chasqui.http.server;

import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/// Runs stream handlers, each on a virtual thread of its own, a bounded number at a time.
final class RunStreams {

  private final Semaphore permits;
  private final HandlerFailures failures;
  private final ThreadFactory threads = Thread.ofVirtual().name("stream-", 0).factory();

  RunStreams(int max, HandlerFailures failures) {
    this.permits = new Semaphore(max);
    this.failures = failures;
  }

  /// @return false if too many run already
  boolean start(Route route, StreamHandler handler, Request head, StreamedExchange streamed) {
    if (!permits.tryAcquire()) {
      return false;
    }
    threads.newThread(() -> run(route, handler, head, streamed)).start();
    return true;
  }

  private void run(Route route, StreamHandler handler, Request head, StreamedExchange streamed) {
    try {
      handler.handle(head, streamed.body(), streamed);
      streamed.handled(
          () -> failures.answer(route, head.path(), new IllegalStateException("no answer")));
    } catch (Throwable e) {
      Response answer = failures.answer(route, head.path(), e);
      streamed.handled(() -> answer);
    } finally {
      permits.release();
    }
  }
}
