package dev.chasqui.delivery;

import org.jspecify.annotations.Nullable;

/// The meaning of a [dev.chasqui.model.SendResult] under a policy.
sealed interface Verdict {

  /// The receiver accepted it.
  record Delivered() implements Verdict {}

  /// It is tried again, if the schedule has a time left.
  ///
  /// @param reason the reason of the dead letter if the schedule has none
  /// @param retryAfter the raw header if it is to be honoured, else null
  record Retry(Outcome outcome, String reason, @Nullable String retryAfter) implements Verdict {}

  /// It is not tried again, and kept as a dead letter.
  record Dead(Outcome outcome, String reason) implements Verdict {}

  /// It is not tried again, and the endpoint is disabled.
  record Disable(String reason) implements Verdict {}

  /// No request was sent: the lease is given back.
  record NotTried(Outcome outcome) implements Verdict {}

  /// The outcome that the attempt is recorded with.
  default Outcome outcomeWord() {
    return switch (this) {
      case Delivered _ -> Outcome.DELIVERED;
      case Retry retry -> retry.outcome();
      case Dead dead -> dead.outcome();
      case Disable _ -> Outcome.DISABLED;
      case NotTried notTried -> notTried.outcome();
    };
  }
}
