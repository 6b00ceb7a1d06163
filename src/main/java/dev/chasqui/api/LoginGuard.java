package dev.chasqui.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// Keeps passwords from being guessed: an address that has tried many wrong ones is not listened to
/// for a while, whatever it says. Counted per process, in memory. Safe for use by many threads.
public final class LoginGuard {

  /// Wrong logins that an address may make at once.
  private static final int WRONG_AT_ONCE = 20;

  /// How long it takes to forget one of them.
  private static final Duration FORGETS_ONE_IN = Duration.ofSeconds(6);

  private static final int ADDRESSES = 50_000;

  private final TimeMeter time;
  private final Cache<InetAddress, Bucket> addresses =
      Caffeine.newBuilder().maximumSize(ADDRESSES).build();

  public LoginGuard(InstantSource clock) {
    this.time = new ClockMeter(clock);
  }

  /// Whether an address is listened to.
  public boolean admits(InetAddress source) {
    Bucket bucket = addresses.getIfPresent(source);
    return bucket == null || bucket.getAvailableTokens() > 0;
  }

  /// An address has tried a wrong login.
  public void failed(InetAddress source) {
    var _ = addresses.get(source, _ -> bucket()).tryConsume(1);
  }

  /// Seconds for `Retry-After`.
  public long retryAfterSeconds() {
    return FORGETS_ONE_IN.toSeconds();
  }

  private Bucket bucket() {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(
            Bandwidth.builder().capacity(WRONG_AT_ONCE).refillGreedy(1, FORGETS_ONE_IN).build())
        .build();
  }

  /// The passed clock as the buckets read it.
  private record ClockMeter(InstantSource clock) implements TimeMeter {
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
