package dev.chasqui.ingress;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.chasqui.http.AddressBlock;
import dev.chasqui.ingress.IngressEvents.Guarded;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Limits requests that fail verification, by number and by bytes: token buckets per source
/// address, others for all of them together, and the room that they have in the journal, so that no
/// stranger fills the disk. Well-signed traffic never meets it.
final class Guard {

  private static final int ADDRESSES = 50_000;

  private final IngressSettings.GuardLimits limits;
  private final TimeMeter time;
  private final Cache<AddressBlock, Buckets> perAddress;
  private final Buckets together;
  private final RejectQuota quota;

  Guard(IngressSettings.GuardLimits limits, RejectQuota quota, Clock clock) {
    this.limits = limits;
    this.quota = quota;
    this.time = new ClockMeter(clock);
    this.perAddress = Caffeine.newBuilder().maximumSize(ADDRESSES).build();
    long bytesPerMinute = limits.bytes().storedPerMinute();
    this.together =
        new Buckets(
            bucket(limits.storedPerMinute(), limits.storedPerMinute()),
            bucket(bytesPerMinute, bytesPerMinute));
  }

  private record Buckets(Bucket requests, Bucket bytes) {

    /// @param more bytes, negative to give some back
    boolean take(long more) {
      if (more < 0) {
        bytes.addTokens(-more);
      }
      return more <= 0 || bytes.tryConsume(more);
    }
  }

  /// The limit that a large request without authentication exceeds, null if it may be read. The
  /// bytes are taken from its address at once: a body that never ends would be free otherwise. They
  /// are not taken from all, or a head alone could use up what others need.
  ///
  /// @param bytes how long its body is, or may become
  @Nullable Guarded reserve(InetAddress source, long bytes) {
    Guarded shortOf = quota.shortOf();
    if (shortOf != null) {
      return shortOf;
    }
    Buckets own = own(source);
    if (own.requests.getAvailableTokens() < 1 || together.requests.getAvailableTokens() < 1) {
      return Guarded.REQUESTS;
    }
    boolean isRoomForBytes =
        together.bytes.getAvailableTokens() >= bytes && own.bytes.tryConsume(bytes);
    return isRoomForBytes ? null : Guarded.BYTES;
  }

  /// The longest body that one address may ever send.
  long longestOfAddress() {
    return Math.max(1, limits.bytes().burst());
  }

  /// The limit that a request that failed verification exceeds before it is stored, null if none.
  ///
  /// @param bytes what it takes in the journal
  /// @param reserved what was reserved of them
  @Nullable Guarded refusal(InetAddress source, long bytes, long reserved) {
    Guarded shortOf = quota.shortOf();
    if (shortOf != null) {
      return shortOf;
    }
    Buckets own = own(source);
    if (!own.requests.tryConsume(1) || !together.requests.tryConsume(1)) {
      return Guarded.REQUESTS;
    }
    boolean isRoomForBytes = own.take(bytes - reserved) && together.bytes.tryConsume(bytes);
    return isRoomForBytes ? null : Guarded.BYTES;
  }

  /// Whether a request may be told that its path names nothing: paths are guessed, as signatures
  /// are. Nothing is stored of it.
  boolean admitsGuess(InetAddress source) {
    return own(source).requests.tryConsume(1);
  }

  RejectQuota quota() {
    return quota;
  }

  private Buckets own(InetAddress source) {
    return perAddress.get(
        AddressBlock.of(source),
        _ ->
            new Buckets(
                bucket(limits.burst(), limits.perMinute()),
                bucket(limits.bytes().burst(), limits.bytes().perMinute())));
  }

  /// The value of `Retry-After` in seconds, at least 1.
  long retryAfterSeconds() {
    return Math.max(1, limits.retryAfter().toSeconds());
  }

  private Bucket bucket(long capacity, long perMinute) {
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
