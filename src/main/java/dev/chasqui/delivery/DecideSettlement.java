package dev.chasqui.delivery;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.SendResult;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Past;
import dev.chasqui.store.DeliveryStore.Settlement;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Decides what is written of an exchange that has ended.
final class DecideSettlement {

  private static final Logger LOG = System.getLogger(DecideSettlement.class.getName());

  /// Begins the reason of a dead letter that blocked its contact queue for too long.
  static final String HEAD_OF_LINE = "head of line: ";

  private final Environment environment;
  private final LoadPayload loadPayload;
  private final Predicate<EndpointId> isFailing;

  DecideSettlement(
      Environment environment, LoadPayload loadPayload, Predicate<EndpointId> isFailing) {
    this.isFailing = isFailing;
    this.environment = environment;
    this.loadPayload = loadPayload;
  }

  /// The end of work for which there was nothing to send.
  Attempted unsendable(Work work, Outcome outcome, @Nullable Attempt attempt) {
    Settlement dead = dead(work, attempt, outcome.wire());
    return Attempted.untried(work, dead, outcome);
  }

  /// The end of an exchange. Whatever faults there are from here on, the attempt counts: what it
  /// takes to keep a dead letter's event, or to switch the endpoint off, is made up for later.
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
      case Verdict.Disable disable ->
          sent(work, dead(work, attempt, disable.reason()), verdict, result);
      case Verdict.NotTried notTried -> Attempted.untried(work, returned(work), notTried.outcome());
    };
  }

  /// The end of an exchange that a fault of our own broke off: it says nothing of the endpoint.
  ///
  /// @param at when it began
  Attempted broken(Work work, Endpoint endpoint, Instant at, Throwable fault) {
    String what = fault.getClass().getSimpleName();
    Attempt attempt =
        new Attempt(at, 0, Outcome.INTERNAL_ERROR.wire(), null, "a fault of ours: " + what, null);
    Verdict.Retry retry =
        new Verdict.Retry(Outcome.INTERNAL_ERROR, Outcome.INTERNAL_ERROR.wire(), null);
    return Attempted.untried(
        work, retryOrDead(work, endpoint, attempt, retry), Outcome.INTERNAL_ERROR);
  }

  private Attempted sent(Work work, Settlement settlement, Verdict verdict, SendResult result) {
    return new Attempted(
        work.endpoint(),
        work.event(),
        settlement,
        verdict.outcomeWord(),
        new DispatchState.Ending(
            health(work, settlement, verdict),
            result.took().toMillis(),
            DispatchState.Speed.of(result)),
        work.isInContactQueue(),
        verdict instanceof Verdict.Disable disable ? disable.reason() : null);
  }

  /// What an operator sends again is old: that it fails says nothing of how the endpoint does with
  /// its traffic; that it is taken says that a failing endpoint answers again. What only stood too
  /// long at the head of its contact queue exhausted no schedule.
  private static DispatchState.Result health(Work work, Settlement settlement, Verdict verdict) {
    boolean delivered = settlement instanceof Settlement.Delivered;
    if (work.row().replay()) {
      return delivered ? DispatchState.Result.REPLAY_DELIVERED : DispatchState.Result.REPLAY_FAILED;
    }
    if (delivered) {
      return DispatchState.Result.SUCCESS;
    }
    boolean exhausted =
        settlement instanceof Settlement.Dead dead
            && verdict instanceof Verdict.Retry
            && !dead.reason().startsWith(HEAD_OF_LINE);
    return exhausted ? DispatchState.Result.EXHAUSTED : DispatchState.Result.FAILURE;
  }

  private Settlement retryOrDead(
      Work work, Endpoint endpoint, Attempt attempt, Verdict.Retry retry) {
    Instant now = environment.now();
    Policy.Retry policy = endpoint.policy().retry();
    Past past = work.row().past();
    boolean isProbe = RetryTimes.isEarly(policy, past, attempt.at());
    int failed = past.scheduled() + (isProbe ? 0 : 1);
    Optional<Instant> scheduled = RetryTimes.next(policy, failed, now, random());
    boolean isOver = policy.expiry().dropWhileFailing() && hasRunOut(work, policy, now);
    if (scheduled.isEmpty() || isOver) {
      return dead(work, attempt, retry.reason());
    }
    Instant nextAt =
        RetryTimes.noEarlier(
            scheduled.get(), retry.retryAfter(), now, answers().longestRetryAfter());
    Instant limit = limitAsHead(work);
    if (!limit.isAfter(now)) {
      return dead(work, attempt, HEAD_OF_LINE + retry.reason());
    }
    return new Settlement.Retry(
        work.id(), work.lease(), attempt, nextAt.isAfter(limit) ? limit : nextAt, isProbe);
  }

  /// Whether its schedule is over by the clock, though attempts are left that were never made
  /// because its endpoint is only probed.
  private boolean hasRunOut(Work work, Policy.Retry policy, Instant now) {
    boolean isOfNow = !work.row().replay() && isFailing.test(work.endpoint());
    return isOfNow && !work.event().ulid().time().plus(policy.length()).isAfter(now);
  }

  /// When a delivery has blocked its contact queue long enough: its last attempt is made then.
  /// While the endpoint is failing as a whole the delivery is not to blame, and nothing is gained
  /// by giving it up.
  private Instant limitAsHead(Work work) {
    Instant since = work.row().past().headSince();
    return since == null || isFailing.test(work.endpoint())
        ? Instant.MAX
        : since.plus(environment.settings().health().headOfLine());
  }

  private Settlement dead(Work work, @Nullable Attempt attempt, String reason) {
    return new Settlement.Dead(work.id(), work.lease(), attempt, reason, toKeep(work));
  }

  /// The payload that a dead letter keeps, null if it cannot be read now.
  private @Nullable DeadPayload toKeep(Work work) {
    try {
      return loadPayload.toKeep(work);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the event of dead letter " + work.id() + " cannot be read now; it is kept later",
          e);
      return null;
    }
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
