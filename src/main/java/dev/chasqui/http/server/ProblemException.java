package dev.chasqui.http.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends a request with an RFC 9457 problem document. Everything in it is read by the caller.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// The `Retry-After` of 429 and 503, unless another is known.
  private static final long A_MOMENT_SECONDS = 1;

  private final int status;
  private final String title;
  private final String detail;
  private final transient List<Item> errors;
  private long retryAfterSeconds;

  /// A problem without items.
  public ProblemException(int status, String title, String detail) {
    this(status, title, detail, List.of());
  }

  /// A problem with a cause that is not shown to the caller.
  public ProblemException(int status, String title, String detail, @Nullable Throwable cause) {
    super(title + ": " + detail, cause);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.errors = List.of();
    this.retryAfterSeconds = ofStatus(status);
  }

  /// A problem with what is wrong at which places of the body.
  public ProblemException(int status, String title, String detail, List<Item> errors) {
    super(title + ": " + detail);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.errors = List.copyOf(errors);
    this.retryAfterSeconds = ofStatus(status);
  }

  private static long ofStatus(int status) {
    return status == 429 || status == 503 ? A_MOMENT_SECONDS : 0;
  }

  public static ProblemException notFound(String detail) {
    return new ProblemException(404, "Not found", detail);
  }

  public static ProblemException badRequest(String detail) {
    return new ProblemException(400, "Bad request", detail);
  }

  /// The same with this in the `Retry-After` of its answer.
  ProblemException retryAfter(long seconds) {
    retryAfterSeconds = seconds;
    return this;
  }

  /// The value of `Retry-After` in seconds, 0 for none.
  long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  public int status() {
    return status;
  }

  /// A short summary, the same for all problems of the kind.
  public String title() {
    return title;
  }

  /// One sentence for the caller about this request; the title is the same for all of its kind.
  public String detail() {
    return detail;
  }

  /// The faults by their places in the body.
  public List<Item> errors() {
    return errors;
  }

  /// One wrong place.
  ///
  /// @param path where, as a JSON pointer
  /// @param reason what is wrong there
  public record Item(String path, String reason) {}
}
