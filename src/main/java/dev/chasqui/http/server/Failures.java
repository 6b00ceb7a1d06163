package dev.chasqui.http.server;

import java.util.concurrent.atomic.AtomicLong;

/// Turns what a handler threw into an answer; the edge where it is logged.
final class Failures {

  private static final System.Logger LOG = System.getLogger(Failures.class.getName());

  private final ErrorTable table;
  private final AtomicLong last = new AtomicLong();

  Failures(ErrorTable table) {
    this.table = table;
  }

  Response answer(Route route, Throwable error) {
    return table.answer(error).orElseGet(() -> unexpected(route, error));
  }

  private Response unexpected(Route route, Throwable error) {
    String id = "req_" + Long.toHexString(last.incrementAndGet());
    LOG.log(System.Logger.Level.ERROR, "request " + id + " to " + route.label() + " failed", error);
    return Response.problem(
        new ProblemException(500, "Internal error", "the log has more under " + id));
  }
}
