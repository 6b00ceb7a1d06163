package dev.chasqui.ingress;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Limits requests that fail verification: a token bucket per source address, and one for all of
/// them together, so that no stranger fills the disk. Well-signed traffic never meets it.
final class Guard {

  private static final int ADDRESSES = 50_000;

  private final IngressSettings.GuardLimits limits;
  private final TimeMeter time;
  private final Cache<InetAddress, Bucket> perAddress;
  private final Bucket together;

  Guard(IngressSettings.GuardLimits limits, Clock clock) {
    this.limits = limits;
    this.time = new ClockMeter(clock);
    this.perAddress = Caffeine.newBuilder().maximumSize(ADDRESSES).build();
    this.together = bucket(limits.storedPerMinute(), limits.storedPerMinute());
  }

  /// Whether a request that failed verification may be stored.
  boolean admits(InetAddress source) {
    return own(source).tryConsume(1) && together.tryConsume(1);
  }

  /// Whether a request may be told that its path leads to nobody: paths are guessed, as signatures
  /// are. Nothing is stored of it.
  boolean admitsGuess(InetAddress source) {
    return own(source).tryConsume(1);
  }

  private Bucket own(InetAddress source) {
    return perAddress.get(source, a -> bucket(limits.burst(), limits.perMinute()));
  }

  /// Seconds for `Retry-After`.
  long retryAfterSeconds() {
    return Math.max(1, limits.retryAfter().toSeconds());
  }

  private Bucket bucket(int capacity, int perMinute) {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(
            Bandwidth.builder()
                .capacity(Math.max(1, capacity))
                .refillGreedy(Math.max(1, perMinute), Duration.ofMinutes(1))
                .build())
        .build();
  }

  /// The passed clock as the buckets read it.
  private record ClockMeter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
