package dev.chasqui.delivery;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.SendResult;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.Settlement;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns the end of an exchange into what is written of it, and a receiver's "gone" into its
/// switch.
final class Conclude {

  private final Environment environment;
  private final LoadPayload loadPayload;

  Conclude(Environment environment, LoadPayload loadPayload) {
    this.environment = environment;
    this.loadPayload = loadPayload;
  }

  /// The end of work for which there was nothing to send.
  Attempted unsendable(Work work, Outcome outcome, @Nullable Attempt attempt) {
    Settlement dead = dead(work, attempt, outcome.wire());
    return Attempted.untried(work.endpoint(), dead, outcome);
  }

  /// The end of an exchange.
  ///
  /// @param at when it began
  Attempted attempt(Work work, Endpoint endpoint, Instant at, SendResult result) {
    Verdict verdict = Classify.verdict(result, endpoint.policy());
    Attempt attempt = AttemptRow.of(at, result, verdict, answers().keepBytes());
    return switch (verdict) {
      case Verdict.Delivered _ ->
          sent(work, new Settlement.Delivered(work.id(), work.lease(), attempt), verdict, result);
      case Verdict.Retry retry ->
          sent(work, retryOrDead(work, endpoint, attempt, retry), verdict, result);
      case Verdict.Dead dead -> sent(work, dead(work, attempt, dead.reason()), verdict, result);
      case Verdict.Disable disable -> {
        environment.ports().endpointSwitch().disable(endpoint.id(), disable.reason());
        yield sent(work, dead(work, attempt, disable.reason()), verdict, result);
      }
      case Verdict.NotTried notTried ->
          Attempted.untried(work.endpoint(), returned(work), notTried.outcome());
    };
  }

  private Attempted sent(Work work, Settlement settlement, Verdict verdict, SendResult result) {
    boolean delivered = settlement instanceof Settlement.Delivered;
    boolean exhausted = settlement instanceof Settlement.Dead && verdict instanceof Verdict.Retry;
    Board.Result failure = exhausted ? Board.Result.EXHAUSTED : Board.Result.FAILURE;
    return new Attempted(
        work.endpoint(),
        settlement,
        verdict.outcomeWord(),
        new Board.Ending(delivered ? Board.Result.SUCCESS : failure, result.took().toMillis()));
  }

  private Settlement retryOrDead(
      Work work, Endpoint endpoint, Attempt attempt, Verdict.Retry retry) {
    Instant now = environment.now();
    int attempts = work.row().attempts() + 1;
    Optional<Instant> scheduled = Backoff.next(endpoint.policy().retry(), attempts, now, random());
    if (scheduled.isEmpty()) {
      return dead(work, attempt, retry.reason());
    }
    Instant nextAt =
        Backoff.noEarlier(scheduled.get(), retry.retryAfter(), now, answers().longestRetryAfter());
    return new Settlement.Retry(work.id(), work.lease(), attempt, nextAt);
  }

  private Settlement dead(Work work, @Nullable Attempt attempt, String reason) {
    return new Settlement.Dead(work.id(), work.lease(), attempt, reason, loadPayload.toKeep(work));
  }

  private Settlement returned(Work work) {
    Instant dueAt = environment.now().plus(MakeAttempt.REST);
    return new Settlement.Returned(work.id(), work.lease(), dueAt);
  }

  private DeliverySettings.Answers answers() {
    return environment.settings().answers();
  }

  private double random() {
    return environment.timing().random().nextDouble();
  }
}
