package dev.chasqui.delivery;

import dev.chasqui.delivery.Work.Started;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The deliveries of one endpoint that are in memory, and what bounds their start. Guarded by the
/// lock of its [DispatchState].
final class EndpointQueue {

  /// For an endpoint that is gone: what is owed to it only becomes dead letters.
  private static final int IN_FLIGHT_WHEN_GONE = 8;

  /// Of the places, one in so many is for messages.
  private static final int MESSAGES_SHARE = 8;

  /// A backlog is claimed for so many turns of each place.
  private static final int WAITING_PER_PLACE = 64;

  final EndpointId endpoint;
  final WaitingWork waiting = new WaitingWork();
  final LaneMeter meter = new LaneMeter();

  /// Reserved or being claimed: slots whose work has not come yet.
  int expected;

  int inFlight;

  /// Whether it stands in its lane's queue of those that may start.
  boolean queued;

  /// True if a wake-up is scheduled for [#wakeAt].
  boolean wakePending;

  long wakeAt;

  /// Monotonic time before which nothing is started.
  long notBefore;

  CircuitBreaker breaker = CircuitBreaker.NEW;

  /// Whether it answers again and its backlog is still to be made due: what is claimed before that
  /// would overtake what is older.
  boolean awaitsCatchUp;

  private @Nullable Endpoint followed;
  private Endpoint.Switch switched = Endpoint.Switch.ON;
  private int maxInFlight = IN_FLIGHT_WHEN_GONE;
  private StartRate rate = StartRate.UNLIMITED;

  EndpointQueue(EndpointId endpoint, long now) {
    this.endpoint = endpoint;
    this.notBefore = now;
  }

  /// Takes over what an operator set; null if the endpoint is gone.
  ///
  /// @return whether it may answer now though it did not before
  boolean follow(@Nullable Endpoint current) {
    Endpoint before = followed;
    followed = current;
    if (current == null) {
      switched = Endpoint.Switch.ON;
      maxInFlight = IN_FLIGHT_WHEN_GONE;
      rate = StartRate.UNLIMITED;
      return false;
    }
    switched = current.identity().switched();
    maxInFlight = current.policy().maxInFlight();
    Double perSecond = current.policy().ratePerSecond();
    rate = perSecond == null ? StartRate.UNLIMITED : StartRate.of(perSecond);
    return before != null && isOpen() && mayAnswerNow(before, current);
  }

  private static boolean mayAnswerNow(Endpoint before, Endpoint now) {
    return before.identity().switched() != Endpoint.Switch.ON
        || !before.url().equals(now.url())
        || !before.access().equals(now.access());
  }

  boolean isOpen() {
    return switched == Endpoint.Switch.ON;
  }

  /// Deliveries of this endpoint that take from its bound.
  int inMemory() {
    return waiting.size() + expected + inFlight;
  }

  /// In which lane its deliveries wait.
  Lane lane() {
    return meter.lane();
  }

  /// Whether, but for the time and its lane, another could start.
  boolean wantsToStart() {
    return mayStart(Integer.MAX_VALUE);
  }

  /// Whether, but for the time, another could start. What is no message leaves an eighth of the
  /// places to messages, so that one that comes need not wait for a place.
  ///
  /// @param left of its lane's budget: it has no more under way than that
  boolean mayStart(int left) {
    int places = Math.min(places(), left);
    return isPlaceForAll(places) ? !waiting.isEmpty() : inFlight < places && waiting.hasMessage();
  }

  private boolean isPlaceForAll(int places) {
    return inFlight < places - places / MESSAGES_SHARE;
  }

  private int places() {
    return Math.min(maxInFlight, breaker.allowance());
  }

  /// Takes the next one; the caller has seen that it may start.
  Started start(long now, int left) {
    boolean isForAll = isPlaceForAll(Math.min(places(), left));
    inFlight++;
    if (rate.intervalNanos() > 0) {
      notBefore = rate.after(notBefore, now);
    }
    Work work = isForAll ? waiting.remove() : waiting.removeMessage();
    return new Started(work, lane(), meter.start());
  }

  /// How many more it is worth to have in memory: what it can begin in a while.
  ///
  /// @param whileNanos how long a while is
  int appetite(long whileNanos) {
    long byPlaces = (long) WAITING_PER_PLACE * places();
    long byRate =
        rate.intervalNanos() == 0 ? byPlaces : Math.max(1, whileNanos / rate.intervalNanos());
    return Math.clamp(Math.min(byPlaces, byRate) - inMemory(), 0, Integer.MAX_VALUE);
  }

  void pauseUntil(long time) {
    if (time - notBefore > 0) {
      notBefore = time;
    }
  }

  /// Of a pause that an earlier rate asked for no more is left than that of now asks for.
  ///
  /// @param pauseNanos how long it may pause in any case
  void boundPause(long now, long pauseNanos) {
    long latest = now + Math.max(pauseNanos, rate.intervalNanos());
    if (notBefore - latest > 0) {
      notBefore = latest;
    }
  }

  /// Lets it start at once.
  void forgetPause(long now) {
    if (notBefore - now > 0) {
      notBefore = now;
    }
  }

  /// Empties the queue.
  List<Work> evict() {
    return waiting.clear();
  }

  EndpointHealth health() {
    EndpointHealth.State state =
        switch (switched) {
          case ON -> breaker.state();
          case PAUSED -> EndpointHealth.State.PAUSED;
          case DISABLED -> EndpointHealth.State.DISABLED;
          case REMOVED -> EndpointHealth.State.REMOVED;
        };
    return new EndpointHealth(
        endpoint,
        state,
        breaker.failures(),
        breaker.successes(),
        meter.lastMillis(),
        meter.lane(),
        meter.reason());
  }
}
