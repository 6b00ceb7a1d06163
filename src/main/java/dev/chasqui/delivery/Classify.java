package dev.chasqui.delivery;

import dev.chasqui.model.Policy;
import dev.chasqui.model.SendResult;
import org.jspecify.annotations.Nullable;

/// Says what the end of an exchange means. Statuses are the policy's business, failures
/// [Outcome]'s.
final class Classify {

  private Classify() {}

  static Verdict verdict(SendResult result, Policy policy) {
    return switch (result) {
      case SendResult.Answered answered -> ofStatus(answered, policy);
      case SendResult.Failed failed -> ofFailure(failed.failure(), policy);
    };
  }

  private static Verdict ofFailure(SendResult.Failure failure, Policy policy) {
    boolean isCancelled =
        failure == SendResult.Failure.UNRESOLVABLE && policy.verdicts().cancelOnUnresolvable();
    Outcome outcome = Outcome.of(failure);
    return isCancelled ? new Verdict.Dead(outcome, outcome.wire()) : ofOutcome(outcome);
  }

  private static Verdict ofStatus(SendResult.Answered answered, Policy policy) {
    int status = answered.status();
    if (policy.verdicts().success().contains(status)) {
      return new Verdict.Delivered();
    }
    String reason = "status " + status;
    if (policy.verdicts().disableOn().contains(status)) {
      return new Verdict.Disable(reason);
    }
    if (policy.verdicts().cancelOn().contains(status)) {
      return new Verdict.Dead(Outcome.CANCELLED, reason);
    }
    return new Verdict.Retry(Outcome.STATUS, reason, believed(answered.retryAfter(), policy));
  }

  private static @Nullable String believed(@Nullable String retryAfter, Policy policy) {
    return policy.retry().honoursRetryAfter() ? retryAfter : null;
  }

  private static Verdict ofOutcome(Outcome outcome) {
    return switch (outcome.next()) {
      case RETRY -> new Verdict.Retry(outcome, outcome.wire(), null);
      case NOT_TRIED -> new Verdict.NotTried(outcome);
      case NONE -> new Verdict.Dead(outcome, outcome.wire());
    };
  }
}
