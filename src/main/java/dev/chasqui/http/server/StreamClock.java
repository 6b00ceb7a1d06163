package dev.chasqui.http.server;

import java.time.Duration;

/// How long a streamed exchange has gone on and how long nothing has moved in it, in ticks of its
/// loop. Only that loop touches it.
final class StreamClock {

  private final LoopServer loop;
  private final long began;
  private final long totalTicks;
  private final long stallTicks;
  private long touched;

  StreamClock(LoopServer loop, StreamLimits limits) {
    Duration total = limits.total();
    this.loop = loop;
    this.began = loop.tick();
    this.touched = began;
    this.totalTicks = total == null ? Long.MAX_VALUE : loop.ticks(total);
    this.stallTicks = loop.ticks(limits.stall());
  }

  /// Something moved, or is waited for only now.
  void touch() {
    touched = loop.tick();
  }

  boolean isStalled() {
    return loop.tick() - touched > stallTicks;
  }

  boolean isTotalOver() {
    return loop.tick() - began > totalTicks;
  }
}
