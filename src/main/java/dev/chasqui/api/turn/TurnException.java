package dev.chasqui.api.turn;

import dev.chasqui.http.server.Header;
import java.util.List;

/// Ends a call with Turn's answer of what is wrong. Everything in it is read by the caller.
public final class TurnException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final transient List<TurnFault> faults;
  private final transient List<Header> headers;

  /// @param status of HTTP
  public TurnException(int status, TurnFault fault) {
    this(status, List.of(fault), List.of());
  }

  /// @param headers further ones of the answer
  public TurnException(int status, List<TurnFault> faults, List<Header> headers) {
    super(faults.getFirst().title(), null, false, false);
    this.status = status;
    this.faults = List.copyOf(faults);
    this.headers = List.copyOf(headers);
  }

  /// 404: what a path names is not there.
  public static TurnException notFound(String details) {
    return new TurnException(404, new TurnFault(1006, "Resource not found", details));
  }

  /// 501: a call of Turn's that has no meaning here.
  ///
  /// @param details what it would need, and what to use instead
  public static TurnException notOffered(String details) {
    return new TurnException(501, new TurnFault(501, "Not implemented", details));
  }

  /// 503: the same call may go through in a moment.
  public static TurnException busy() {
    return new TurnException(
        503,
        List.of(new TurnFault(1011, "Service not ready", "try again in a moment")),
        List.of(new Header("Retry-After", "1")));
  }

  int status() {
    return status;
  }

  List<TurnFault> faults() {
    return faults;
  }

  List<Header> headers() {
    return headers;
  }
}
