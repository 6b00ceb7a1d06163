package dev.chasqui.http.client;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Bounds how many requests are in flight to each host and how many wait to be. A host that nobody
/// sends to is forgotten.
final class HostGates {

  private final int inFlight;
  private final int waiting;
  private final ConcurrentMap<String, Gate> gates = new ConcurrentHashMap<>();

  HostGates(int inFlight, int waiting) {
    this.inFlight = inFlight;
    this.waiting = waiting;
  }

  /// Counts a request in, to wait or to go.
  ///
  /// @return null if too many wait already
  @Nullable Gate join(String host) {
    boolean[] joined = new boolean[1];
    Gate gate =
        gates.compute(
            host,
            (_, known) -> {
              Gate here = known == null ? new Gate(host, inFlight) : known;
              joined[0] = here.users < inFlight + waiting;
              here.users += joined[0] ? 1 : 0;
              return here;
            });
    return joined[0] ? gate : null;
  }

  /// Counts it out again.
  void leave(Gate gate) {
    gates.computeIfPresent(gate.host, (_, known) -> --known.users == 0 ? null : known);
  }

  /// How many hosts are sent to now.
  int size() {
    return gates.size();
  }

  /// One host's gate. The number of its users is guarded by the map's lock on the host.
  static final class Gate {

    private final String host;
    private final Semaphore places;
    private int users;

    private Gate(String host, int inFlight) {
      this.host = host;
      this.places = new Semaphore(inFlight);
    }

    /// Waits for a place.
    ///
    /// @return false if there was none in time
    boolean enter(long nanos) throws InterruptedException {
      return places.tryAcquire() || places.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    }

    void exit() {
      places.release();
    }
  }
}
