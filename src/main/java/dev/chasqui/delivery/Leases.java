package dev.chasqui.delivery;

import dev.chasqui.store.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// Makes leases of this node. Fences begin at a random number, so that a process that lives on
/// after it was given up never shares one with its successor.
final class Leases {

  /// Live traffic shares a lease for so long.
  private static final Duration SHARED = Duration.ofSeconds(1);

  private final String node;
  private final Clock clock;
  private final Duration length;
  private final AtomicLong fence;
  private volatile Shared shared;

  private record Shared(Lease lease, Instant since) {}

  /// @param firstFence not negative and hardly the same twice
  Leases(String node, Clock clock, Duration length, long firstFence) {
    this.node = node;
    this.clock = clock;
    this.length = length;
    this.fence = new AtomicLong(firstFence);
    Instant now = clock.instant();
    this.shared = new Shared(fresh(now), now);
  }

  /// A new lease, with a fence that no other lease has.
  Lease fresh(Instant now) {
    return new Lease(node, fence.incrementAndGet(), now.plus(length));
  }

  /// A lease for live traffic, which reserves one delivery at a time; no delivery gets the same one
  /// twice, since it is only ever handed over once.
  Lease live() {
    Instant now = clock.instant();
    Shared current = shared;
    if (Duration.between(current.since(), now).abs().compareTo(SHARED) < 0) {
      return current.lease();
    }
    Shared next = new Shared(fresh(now), now);
    shared = next;
    return next.lease();
  }
}
