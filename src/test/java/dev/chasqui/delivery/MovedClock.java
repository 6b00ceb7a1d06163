package dev.chasqui.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A wall clock and a steady clock that stand still until they are moved, together or the wall
/// clock alone.
final class MovedClock extends Clock {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();

  void move(Duration by) {
    nanos.addAndGet(by.toNanos());
    now.updateAndGet(at -> at.plus(by));
  }

  void jump(Duration by) {
    now.updateAndGet(at -> at.plus(by));
  }

  long nanos() {
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
