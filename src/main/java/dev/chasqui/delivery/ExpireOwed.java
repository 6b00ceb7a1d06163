package dev.chasqui.delivery;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Open;
import dev.chasqui.store.ProjectionStore.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Ends what waits for too long: what is older than its receiver wants, and, while an endpoint is
/// failing, what has waited for longer than its schedule and than any backlog is kept. Only what is
/// due is looked at; a retry is due within its schedule's longest step.
final class ExpireOwed {

  private static final DeadPayload GONE = new DeadPayload(WorkspaceId.DEFAULT, Bytes.EMPTY);

  private final Ports ports;
  private final Duration backlogAge;

  ExpireOwed(Ports ports, Duration backlogAge) {
    this.ports = ports;
    this.backlogAge = backlogAge;
  }

  /// A limit that ends the waiting of an endpoint's deliveries.
  ///
  /// @param to which endpoint is owed them then, null if they die
  record End(Duration age, Outcome reason, @Nullable Endpoint to) {}

  /// The number of deliveries that ended.
  ///
  /// @param to which endpoint is owed it now, null if none is
  record Ended(int count, @Nullable Endpoint to) {}

  /// Ends a portion of what waits for an endpoint.
  Ended step(Endpoint endpoint, boolean isFailing, Instant now, int limit) {
    End end = end(endpoint.policy().retry(), isFailing);
    if (end == null) {
      return new Ended(0, null);
    }
    Instant before = now.minus(end.age());
    List<Open> old =
        ports.store().dueSince(endpoint.id(), before, limit).stream()
            .filter(it -> !it.source().event().ulid().time().isAfter(before))
            .toList();
    if (old.isEmpty()) {
      return new Ended(0, null);
    }
    if (end.to() == null) {
      deadLetter(endpoint.id(), old, end.reason());
    } else {
      ports.store().move(old.stream().map(Open::id).toList(), end.to().id(), now);
    }
    return new Ended(old.size(), end.to());
  }

  private void deadLetter(EndpointId endpoint, List<Open> old, Outcome reason) {
    Map<Source, DeadPayload> facts =
        ports.facts().encodedAll(old.stream().map(Open::source).distinct().toList());
    Map<DeliveryId, DeadPayload> payloads = new TreeMap<>();
    for (Open one : old) {
      payloads.put(one.id(), facts.getOrDefault(one.source(), GONE));
    }
    int ended = ports.store().deadLetter(payloads, reason.wire());
    ports.events().deadLettered(endpoint, ended);
  }

  private @Nullable End end(Policy.Retry retry, boolean isFailing) {
    Duration maxAge = retry.expiry().limit();
    End byAge = maxAge == null ? null : new End(maxAge, Outcome.TOO_OLD, receiver(retry.expiry()));
    End byClock = isFailing ? byClock(retry) : null;
    boolean clockIsFirst =
        byClock != null && (byAge == null || byClock.age().compareTo(byAge.age()) < 0);
    return clockIsFirst ? byClock : byAge;
  }

  private End byClock(Policy.Retry retry) {
    Duration schedule = retry.length();
    if (retry.expiry().dropWhileFailing()) {
      return new End(schedule, Outcome.SCHEDULE_EXHAUSTED, null);
    }
    Duration longest = schedule.compareTo(backlogAge) > 0 ? schedule : backlogAge;
    return new End(longest, Outcome.TOO_OLD, null);
  }

  /// Which endpoint catches up, null if what is too old dies: so it does if that endpoint is gone.
  @Nullable Endpoint receiver(Policy.Expiry expiry) {
    return expiry.action() instanceof Policy.TooOld.Move move
        ? ports.resources().endpoint().apply(move.to())
        : null;
  }
}
