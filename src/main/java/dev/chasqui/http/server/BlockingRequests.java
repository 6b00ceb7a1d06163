package dev.chasqui.http.server;

import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/// Runs blocking handlers, each on a virtual thread of its own, a bounded number at a time.
final class BlockingRequests {

  private final Semaphore permits;
  private final HandlerFailures failures;
  private final ThreadFactory threads = Thread.ofVirtual().name("http-", 0).factory();

  BlockingRequests(int max, HandlerFailures failures) {
    this.permits = new Semaphore(max);
    this.failures = failures;
  }

  /// @return false if too many run already
  boolean start(Route route, BlockingHandler handler, Request request, Reply reply) {
    if (!permits.tryAcquire()) {
      return false;
    }
    threads.newThread(() -> run(route, handler, request, reply)).start();
    return true;
  }

  private void run(Route route, BlockingHandler handler, Request request, Reply reply) {
    Response response;
    try {
      response = Objects.requireNonNull(handler.handle(request), "no answer");
    } catch (Throwable e) {
      response = failures.answer(route, request.path(), e);
    } finally {
      permits.release();
    }
    reply.send(response);
  }
}
