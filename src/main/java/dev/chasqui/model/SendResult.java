package dev.chasqui.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The result of one HTTP exchange with a receiver: an answer or a failure.
public sealed interface SendResult {

  /// From "go" to the answer or the failure.
  Duration took();

  /// The receiver answered.
  ///
  /// @param status the HTTP status
  /// @param retryAfter the raw `Retry-After` header, null if there was none
  /// @param body the first bytes of the answer's body, at most what the request asked to keep
  record Answered(int status, @Nullable String retryAfter, Bytes body, Duration took)
      implements SendResult {}

  /// There is no answer.
  ///
  /// @param detail one line for the operator, without URL, secret or personal data
  record Failed(Failure failure, String detail, Duration took) implements SendResult {}

  /// Why there is no answer; a closed list.
  enum Failure {
    /// The name does not exist.
    UNRESOLVABLE("unresolvable"),
    /// The resolver could not be asked.
    RESOLVER_DOWN("resolver_down"),
    /// The name or literal leads to an address that is not allowed.
    ADDRESS_REFUSED("address_refused"),
    /// Nobody listens, or the network refused.
    CONNECT_FAILED("connect_failed"),
    /// The TLS handshake failed or the certificate is not valid for the name.
    TLS_FAILED("tls_failed"),
    /// The total deadline passed.
    TIMEOUT("timeout"),
    /// The connection ended before the answer was complete.
    RESET("reset"),
    /// A reused connection was closed before any byte of the answer: the receiver ended its
    /// keep-alive. Tried once more at once, and not counted as an attempt.
    STALE_CONNECTION("stale_connection"),
    /// The answer's head or body broke the limits.
    ANSWER_TOO_LARGE("answer_too_large"),
    /// The answer is no HTTP.
    BAD_ANSWER("bad_answer"),
    /// Too many deliveries wait for a connection to this host.
    HOST_BUSY("host_busy"),
    /// The gateway is stopping.
    CLOSED("closed");

    private final String wire;

    Failure(String wire) {
      this.wire = wire;
    }

    /// The word in the API.
    public String wire() {
      return wire;
    }
  }
}
