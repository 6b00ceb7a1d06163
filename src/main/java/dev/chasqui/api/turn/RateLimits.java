package dev.chasqui.api.turn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.chasqui.http.server.Header;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.Settings;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How many calls a phone number may make in a window of time, counted per bucket. At the end of a
/// window all of it is there again, so `Retry-After` and `X-Ratelimit-Reset` say the same moment.
/// Counted per process and in memory: a restart begins new windows. Safe for use by many threads.
public final class RateLimits {

  /// Numbers and buckets counted at once; who was silent longest is forgotten first, and begins a
  /// new window.
  private static final int COUNTED = 50_000;

  private final Map<RateBucket, Integer> callsPerWindow;
  private final Duration window;
  private final Clock clock;
  private final Cache<Key, Bucket> buckets = Caffeine.newBuilder().maximumSize(COUNTED).build();

  /// @param callsPerWindow 0, or nothing, stands for no limit
  /// @param window positive
  public RateLimits(Map<RateBucket, Integer> callsPerWindow, Duration window, Clock clock) {
    if (!window.isPositive()) {
      throw new IllegalArgumentException("a window is positive");
    }
    this.callsPerWindow = Map.copyOf(callsPerWindow);
    this.window = window;
    this.clock = clock;
  }

  /// The limits that are set.
  public static RateLimits of(Settings settings, Clock clock) {
    Map<RateBucket, Integer> calls =
        Map.of(
            RateBucket.GENERAL, settings.get(Keys.TURN_RATE_GENERAL),
            RateBucket.TEXT, settings.get(Keys.TURN_RATE_TEXT),
            RateBucket.MEDIA, settings.get(Keys.TURN_RATE_MEDIA));
    return new RateLimits(calls, settings.get(Keys.TURN_RATE_WINDOW), clock);
  }

  private record Key(String phoneNumberId, RateBucket bucket) {}

  /// The state of a call's bucket.
  ///
  /// @param headers of the answer to the call, whatever it is; none where there is no limit
  public record Taken(boolean isOver, List<Header> headers) {
    private static final Taken UNLIMITED = new Taken(false, List.of());
  }

  /// Takes one call out of a bucket.
  public Taken take(String phoneNumberId, RateBucket bucket) {
    int limit = callsPerWindow.getOrDefault(bucket, 0);
    if (limit == 0) {
      return Taken.UNLIMITED;
    }
    Bucket own = buckets.get(new Key(phoneNumberId, bucket), _ -> newBucket(limit));
    ConsumptionProbe probe = own.tryConsumeAndReturnRemaining(1);
    long nanos =
        probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
    return new Taken(!probe.isConsumed(), headers(bucket, limit, probe, nanos));
  }

  private List<Header> headers(
      RateBucket bucket, int limit, ConsumptionProbe probe, long nanosToReset) {
    long reset = wholeSeconds(TimeUnit.MILLISECONDS.toNanos(clock.millis()) + nanosToReset);
    Header name = new Header("X-Ratelimit-Bucket", bucket.wire());
    Header most = new Header("X-Ratelimit-Limit", Integer.toString(limit));
    Header left =
        new Header("X-Ratelimit-Remaining", Long.toString(Math.max(0, probe.getRemainingTokens())));
    Header until = new Header("X-Ratelimit-Reset", Long.toString(reset));
    if (probe.isConsumed()) {
      return List.of(name, most, left, until);
    }
    long wait = Math.max(1, wholeSeconds(nanosToReset));
    return List.of(new Header("Retry-After", Long.toString(wait)), name, most, left, until);
  }

  /// Rounded up: who comes back then is not too early.
  private static long wholeSeconds(long nanos) {
    return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
  }

  private Bucket newBucket(int limit) {
    return Bucket.builder()
        .withCustomTimePrecision(new ClockMeter(clock))
        .addLimit(Bandwidth.builder().capacity(limit).refillIntervally(limit, window).build())
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
