package dev.chasqui.delivery;

import org.jspecify.annotations.Nullable;

/// What a [dev.chasqui.model.SendResult] means under a policy.
sealed interface Verdict {

  /// The receiver has it.
  record Delivered() implements Verdict {}

  /// To be tried again if the schedule has a time left.
  ///
  /// @param reason what a dead letter says if it has none
  /// @param retryAfter the raw header if it is to be honoured, else null
  record Retry(Outcome outcome, String reason, @Nullable String retryAfter) implements Verdict {}

  /// Over, and kept as a dead letter.
  record Dead(Outcome outcome, String reason) implements Verdict {}

  /// Over, and the endpoint with it.
  record Disable(String reason) implements Verdict {}

  /// Nothing was tried: the lease is given back.
  record NotTried(Outcome outcome) implements Verdict {}

  /// The word for it.
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
