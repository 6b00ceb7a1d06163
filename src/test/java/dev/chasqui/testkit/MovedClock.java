package dev.chasqui.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A wall clock and a steady clock that stand still until they are moved, together or the wall
/// clock alone.
public final class MovedClock extends Clock {

  /// What the wall clock shows at first.
  public static final Instant START = Instant.parse("2026-05-04T10:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicLong nanos = new AtomicLong();

  /// Moves both clocks on.
  public void move(Duration by) {
    nanos.addAndGet(by.toNanos());
    jump(by);
  }

  /// Moves the wall clock alone, on or back.
  public void jump(Duration by) {
    now.updateAndGet(at -> at.plus(by));
  }

  /// What the steady clock shows.
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
