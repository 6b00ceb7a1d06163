package dev.chasqui.http.server;

import dev.chasqui.http.BrokenStreamException;
import dev.chasqui.http.BrokenStreamException.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The one place where exceptions become answers. A kind of exception that is not in the table is
/// our own fault: it is answered 500 without a word about what happened, and logged.
public final class ErrorTable {

  private final List<Entry<?>> entries;

  private ErrorTable(List<Entry<?>> entries) {
    this.entries = entries;
  }

  /// Knows [ProblemException], and what breaks the body of a stream.
  public static ErrorTable standard() {
    return new ErrorTable(
        List.of(
            new Entry<>(ProblemException.class, Response::problem),
            new Entry<>(BrokenStreamException.class, e -> Response.problem(problem(e)))));
  }

  /// The answer to a broken stream. If it broke because the caller has gone, the answer is never
  /// read.
  static ProblemException problem(BrokenStreamException broken) {
    int status = broken.fault() == Fault.TOO_LARGE ? 413 : 408;
    String title = status == 413 ? "Content too large" : "Request timeout";
    return new ProblemException(status, title, String.valueOf(broken.getMessage()));
  }

  /// The same with one more kind, which wins over those that were there.
  public <E extends Exception> ErrorTable with(Class<E> kind, Function<E, Response> answer) {
    List<Entry<?>> more = new ArrayList<>();
    more.add(new Entry<>(kind, answer));
    more.addAll(entries);
    return new ErrorTable(List.copyOf(more));
  }

  Optional<Response> answer(Throwable error) {
    for (Entry<?> entry : entries) {
      if (entry.kind.isInstance(error)) {
        return Optional.of(entry.apply(error));
      }
    }
    return Optional.empty();
  }

  private record Entry<E extends Exception>(Class<E> kind, Function<E, Response> answer) {
    Response apply(Throwable error) {
      return answer.apply(kind.cast(error));
    }
  }
}
