package dev.chasqui.delivery;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.SendResult;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.Settlement;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Turns the end of an exchange into what is written of it, and a receiver's "gone" into its
/// switch.
final class Conclude {

  /// Begins the reason of a dead letter that held up its line for too long.
  static final String HEAD_OF_LINE = "head of line: ";

  private final Environment environment;
  private final LoadPayload loadPayload;
  private final Predicate<EndpointId> isFailing;

  Conclude(Environment environment, LoadPayload loadPayload, Predicate<EndpointId> isFailing) {
    this.isFailing = isFailing;
    this.environment = environment;
    this.loadPayload = loadPayload;
  }

  /// The end of work for which there was nothing to send.
  Attempted unsendable(Work work, Outcome outcome, @Nullable Attempt attempt) {
    Settlement dead = dead(work, attempt, outcome.wire());
    return Attempted.untried(work, dead, outcome);
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
      case Verdict.NotTried notTried -> Attempted.untried(work, returned(work), notTried.outcome());
    };
  }

  private Attempted sent(Work work, Settlement settlement, Verdict verdict, SendResult result) {
    return new Attempted(
        work.endpoint(),
        work.event(),
        settlement,
        verdict.outcomeWord(),
        new Board.Ending(
            health(work, settlement, verdict), result.took().toMillis(), Board.Speed.of(result)),
        work.isInLine());
  }

  /// What an operator sends again is old: it says nothing of how the endpoint does with its
  /// traffic. What only stood too long at the head of its line exhausted no schedule.
  private static Board.Result health(Work work, Settlement settlement, Verdict verdict) {
    boolean delivered = settlement instanceof Settlement.Delivered;
    if (work.row().replay()) {
      return delivered ? Board.Result.NEITHER : Board.Result.REPLAY_FAILED;
    }
    if (delivered) {
      return Board.Result.SUCCESS;
    }
    boolean exhausted =
        settlement instanceof Settlement.Dead dead
            && verdict instanceof Verdict.Retry
            && !dead.reason().startsWith(HEAD_OF_LINE);
    return exhausted ? Board.Result.EXHAUSTED : Board.Result.FAILURE;
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
    Instant limit = endOfTurn(work);
    if (!limit.isAfter(now)) {
      return dead(work, attempt, HEAD_OF_LINE + retry.reason());
    }
    return new Settlement.Retry(
        work.id(), work.lease(), attempt, nextAt.isAfter(limit) ? limit : nextAt);
  }

  /// When a delivery has held up its line long enough: its last attempt is made then. While the
  /// endpoint is failing as a whole the delivery is not to blame, and nothing is gained by giving
  /// it up.
  private Instant endOfTurn(Work work) {
    Instant since = work.row().past().turnSince();
    return since == null || isFailing.test(work.endpoint())
        ? Instant.MAX
        : since.plus(environment.settings().health().headOfLine());
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
