package dev.chasqui.http.server;

import dev.chasqui.http.BrokenStreamException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Turns what a handler threw into an answer; the edge where it is logged.
final class HandlerFailures {

  private static final System.Logger LOG = System.getLogger(HandlerFailures.class.getName());

  private final ErrorTable table;
  private final ErrorAnswers errors;
  private final AtomicLong last = new AtomicLong();

  HandlerFailures(ErrorTable table, ErrorAnswers errors) {
    this.table = table;
    this.errors = errors;
  }

  /// @param path of the request, which may have a shape of its own for errors
  Response answer(Route route, String path, Throwable error) {
    Response answer =
        told(path, error)
            .or(() -> table.answer(error))
            .orElseGet(() -> unexpected(route, path, error));
    long seconds = error instanceof ProblemException problem ? problem.retryAfterSeconds() : 0;
    return seconds > 0 ? answer.with("Retry-After", Long.toString(seconds)) : answer;
  }

  private Optional<Response> told(String path, Throwable error) {
    return switch (error) {
      case ProblemException problem -> errors.shaped(path, problem);
      case BrokenStreamException broken -> errors.shaped(path, ErrorTable.problem(broken));
      default -> Optional.empty();
    };
  }

  private Response unexpected(Route route, String path, Throwable error) {
    String id = "req_" + Long.toHexString(last.incrementAndGet());
    LOG.log(System.Logger.Level.ERROR, "request " + id + " to " + route.label() + " failed", error);
    return errors.of(
        path, new ProblemException(500, "Internal error", "the log has more under " + id));
  }
}
