package dev.chasqui.delivery;

import dev.chasqui.model.EndpointId;
import dev.chasqui.store.BacklogStore.Mark;
import dev.chasqui.store.BacklogStore.Marked;
import dev.chasqui.store.DeliveryStore;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Which endpoints do not answer, and what is made due at once because one answers again. Both are
/// marked in the store, so that a restart neither takes a dead receiver for a living one nor leaves
/// half a backlog to its schedule.
///
/// What waits for an endpoint that answers again is made due in portions: each delivery as of its
/// event's time, so that the oldest is claimed first. What failed since then keeps its schedule.
///
/// Endpoints are noted by any thread; the steps are made by the claiming loop.
final class Outages {

  /// Rows that are made due in one transaction.
  private static final int PORTION = 500;

  private final Environment environment;
  private final DispatchState state;

  /// Endpoints that began to fail or answer again, with the time that was noticed.
  private final Map<EndpointId, Instant> noticed = new ConcurrentHashMap<>();

  /// Endpoints whose backlog is being made due, with the time since when they answer.
  private final Map<EndpointId, Instant> catchUps = new ConcurrentHashMap<>();

  Outages(Environment environment, DispatchState state) {
    this.environment = environment;
    this.state = state;
  }

  /// Takes over from an earlier life.
  void begin() {
    for (Marked marked : store().marks()) {
      switch (marked.mark()) {
        case FAILING -> state.isFailingStill(marked.endpoint());
        case CATCH_UP -> catchUps.put(marked.endpoint(), marked.since());
      }
    }
  }

  /// Notes that an endpoint began to fail, answers again, or may answer again.
  void notice(EndpointId endpoint) {
    noticed.put(endpoint, environment.now());
  }

  /// Has all that waits for an endpoint made due, unless it is failing: then its next success does.
  /// It is on disk when this returns.
  void catchUp(EndpointId endpoint) {
    if (!state.isFailing(endpoint)) {
      Instant now = environment.now();
      store().mark(endpoint, Mark.CATCH_UP, now);
      catchUps.put(endpoint, now);
    }
  }

  /// Writes what was noticed, and makes the next portion of each backlog due.
  ///
  /// @param isDue told of endpoints that have something due now
  /// @return whether there is more to do
  boolean step(Consumer<EndpointId> isDue) {
    for (Map.Entry<EndpointId, Instant> one : Map.copyOf(noticed).entrySet()) {
      write(one.getKey(), one.getValue());
      noticed.remove(one.getKey(), one.getValue());
      isDue.accept(one.getKey());
    }
    boolean more = false;
    for (Map.Entry<EndpointId, Instant> one : catchUps.entrySet()) {
      more |= makeDue(one.getKey(), one.getValue());
      isDue.accept(one.getKey());
    }
    return more;
  }

  private void write(EndpointId endpoint, Instant at) {
    if (state.isFailing(endpoint)) {
      store().mark(endpoint, Mark.FAILING, at);
      store().unmark(endpoint, Mark.CATCH_UP);
      catchUps.remove(endpoint);
      return;
    }
    store().mark(endpoint, Mark.CATCH_UP, at);
    store().unmark(endpoint, Mark.FAILING);
    catchUps.put(endpoint, at);
  }

  /// @return whether there is more
  private boolean makeDue(EndpointId endpoint, Instant since) {
    int made = store().makeDue(endpoint, since, environment.now(), PORTION);
    state.catchesUp(endpoint);
    if (made == PORTION) {
      return true;
    }
    store().unmark(endpoint, Mark.CATCH_UP);
    catchUps.remove(endpoint, since);
    return false;
  }

  private DeliveryStore store() {
    return environment.ports().store();
  }
}
