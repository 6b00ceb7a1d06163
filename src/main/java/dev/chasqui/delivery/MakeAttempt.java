package dev.chasqui.delivery;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.SendResult;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.Settlement;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/// One attempt, from the row to what is to be written of it: load, render and sign, send, classify.
/// Runs on the delivery's own thread.
final class MakeAttempt {

  private static final Logger LOG = System.getLogger(MakeAttempt.class.getName());

  /// How long a delivery rests that could not be tried for a reason of our own.
  static final Duration REST = Duration.ofSeconds(1);

  private final Environment environment;
  private final Ports ports;
  private final LoadPayload loadPayload;
  private final Compose compose;
  private final DecideSettlement decideSettlement;

  /// @param isFailing whether an endpoint is failing as a whole
  MakeAttempt(Environment environment, Predicate<EndpointId> isFailing) {
    this.environment = environment;
    this.ports = environment.ports();
    this.loadPayload = new LoadPayload(ports.store(), ports.facts());
    this.compose =
        new Compose(ports.dialects(), ports.resources().appSecrets(), environment.settings());
    this.decideSettlement = new DecideSettlement(environment, loadPayload, isFailing);
  }

  /// @throws RuntimeException if journal or store cannot be read now; nothing was sent then
  Attempted of(Work work) {
    Instant now = environment.now();
    Endpoint endpoint = ports.resources().endpoint().apply(work.endpoint());
    if (endpoint == null) {
      return decideSettlement.unsendable(work, Outcome.ENDPOINT_DELETED, null);
    }
    boolean open = endpoint.identity().switched() == Endpoint.Switch.ON;
    if (!open || leaseIsShort(work, endpoint, now)) {
      return giveBack(work, now);
    }
    Duration limit = endpoint.policy().retry().expiry().limit();
    if (limit != null && !work.row().replay() && age(work, now).compareTo(limit) > 0) {
      return tooOld(work, endpoint, now);
    }
    Payload payload = loadPayload.of(work);
    if (payload == null) {
      return decideSettlement.unsendable(work, Outcome.PAYLOAD_GONE, null);
    }
    return attempt(work.with(payload), payload, endpoint, now);
  }

  private static Duration age(Work work, Instant now) {
    return Duration.between(work.event().ulid().time(), now);
  }

  /// Nothing is sent of what is too old.
  private Attempted tooOld(Work work, Endpoint endpoint, Instant now) {
    return switch (endpoint.policy().retry().expiry().action()) {
      case Policy.TooOld.Deliver _ -> giveBack(work, now);
      case Policy.TooOld.Dead _ -> decideSettlement.unsendable(work, Outcome.TOO_OLD, null);
      case Policy.TooOld.Move move ->
          ports.resources().endpoint().apply(move.to()) == null
              ? decideSettlement.unsendable(work, Outcome.TOO_OLD, null)
              : Attempted.untried(
                  work,
                  new Settlement.Moved(work.id(), work.lease(), move.to(), now),
                  Outcome.TOO_OLD);
    };
  }

  private Attempted attempt(Work work, Payload payload, Endpoint endpoint, Instant now) {
    Sender.Outbound request;
    try {
      request = compose.request(work.row(), payload, endpoint, now);
    } catch (RuntimeException e) {
      return decideSettlement.unsendable(work, Outcome.UNRENDERABLE, unrendered(now, e));
    }
    try {
      return decideSettlement.attempt(work, endpoint, now, send(request));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return decideSettlement.broken(work, endpoint, now, e);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the exchange of delivery " + work.id() + " broke off; it counts", e);
      return decideSettlement.broken(work, endpoint, now, e);
    }
  }

  /// An exception's message might quote the payload, its type cannot.
  private static Attempt unrendered(Instant now, RuntimeException e) {
    return new Attempt(
        now, 0, Outcome.UNRENDERABLE.wire(), null, e.getClass().getSimpleName(), null);
  }

  /// A receiver that ended its keep-alive just then is asked again on a fresh connection.
  private SendResult send(Sender.Outbound request) throws InterruptedException {
    SendResult first = ports.sender().send(request);
    boolean stale =
        first instanceof SendResult.Failed failed
            && failed.failure() == SendResult.Failure.STALE_CONNECTION;
    return stale ? ports.sender().send(request) : first;
  }

  /// True if the lease could end before the outcome is written: then another node could claim the
  /// delivery.
  private boolean leaseIsShort(Work work, Endpoint endpoint, Instant now) {
    Duration needed =
        compose.deadline(endpoint).plus(environment.settings().settling().interval()).plus(REST);
    return now.plus(needed).isAfter(work.lease().until());
  }

  private static Attempted giveBack(Work work, Instant dueAt) {
    return Attempted.untried(
        work, new Settlement.Returned(work.id(), work.lease(), dueAt), Outcome.CLOSED);
  }

  /// For work that nothing could be done about.
  Attempted rest(Work work) {
    return giveBack(work, environment.now().plus(REST));
  }
}
