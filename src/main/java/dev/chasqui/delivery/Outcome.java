package dev.chasqui.delivery;

import dev.chasqui.model.SendResult;

/// What an attempt came to: the closed list of words, and with each the one decision whether to try
/// again.
public enum Outcome {
  DELIVERED("delivered", Next.NONE),
  /// An HTTP status that is no success.
  STATUS("status", Next.RETRY),
  /// An HTTP status with which the receiver's policy ends the delivery.
  CANCELLED("cancelled", Next.NONE),
  /// An HTTP status with which the receiver's policy also disables the endpoint.
  DISABLED("disabled", Next.NONE),
  UNRESOLVABLE("unresolvable", Next.RETRY),
  RESOLVER_DOWN("resolver_down", Next.RETRY),
  ADDRESS_REFUSED("address_refused", Next.RETRY),
  CONNECT_FAILED("connect_failed", Next.RETRY),
  TLS_FAILED("tls_failed", Next.RETRY),
  TIMEOUT("timeout", Next.RETRY),
  RESET("reset", Next.RETRY),
  /// Only if it happens twice running; the first time the attempt is made again at once.
  STALE_CONNECTION("stale_connection", Next.RETRY),
  ANSWER_TOO_LARGE("answer_too_large", Next.RETRY),
  BAD_ANSWER("bad_answer", Next.RETRY),
  /// A fault of our own once the exchange had begun: it may have reached the receiver, so it
  /// counts.
  INTERNAL_ERROR("internal_error", Next.RETRY),
  /// Never left: the bound is ours, so it is no attempt.
  HOST_BUSY("host_busy", Next.NOT_TRIED),
  /// Never left, or was cut off by our own end.
  CLOSED("closed", Next.NOT_TRIED),
  /// The journal no longer has the event, nor does the dead letter.
  PAYLOAD_GONE("payload_gone", Next.NONE),
  /// The dialect has no words for the event.
  UNRENDERABLE("unrenderable", Next.NONE),
  /// Its receiver does not want news of that age.
  TOO_OLD("too_old", Next.NONE),
  /// Its receiver failed for as long as the schedule is.
  SCHEDULE_EXHAUSTED("schedule_exhausted", Next.NONE),
  /// Nobody is there to have it.
  ENDPOINT_DELETED("endpoint_deleted", Next.NONE);

  private final String wire;
  private final Next next;

  Outcome(String wire, Next next) {
    this.wire = wire;
    this.next = next;
  }

  /// The word in the API, in metrics, and in the store.
  public String wire() {
    return wire;
  }

  Next next() {
    return next;
  }

  static Outcome of(SendResult.Failure failure) {
    return switch (failure) {
      case UNRESOLVABLE -> UNRESOLVABLE;
      case RESOLVER_DOWN -> RESOLVER_DOWN;
      case ADDRESS_REFUSED -> ADDRESS_REFUSED;
      case CONNECT_FAILED -> CONNECT_FAILED;
      case TLS_FAILED -> TLS_FAILED;
      case TIMEOUT -> TIMEOUT;
      case RESET -> RESET;
      case STALE_CONNECTION -> STALE_CONNECTION;
      case ANSWER_TOO_LARGE -> ANSWER_TOO_LARGE;
      case BAD_ANSWER -> BAD_ANSWER;
      case HOST_BUSY -> HOST_BUSY;
      case CLOSED -> CLOSED;
    };
  }

  /// The step that follows an outcome without an operator.
  enum Next {
    /// Nothing: the delivery is over.
    NONE,
    /// The next time of the schedule, or death if there is none.
    RETRY,
    /// The delivery goes back as it came.
    NOT_TRIED
  }
}
