package dev.chasqui.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;

/// Limits the guessing of credentials. An address that tries many different wrong credentials is
/// refused for a while, whatever it sends, and for longer each time; so is one wrong credential
/// that is tried again and again. The failures of one address never count against another.
///
/// A credential that was lately right from an address always passes there: a client that shares an
/// address with a guesser, behind a proxy, goes on working, and the guesser learns nothing by it.
///
/// Counted per process, in memory; of credentials only hashes are kept. Safe for use by many
/// threads.
public final class LoginGuard {

  private static final int REMEMBERED = 50_000;

  private final Limits limits;
  private final InstantSource clock;
  private final Cache<AddressBlock, Waits> addresses = cache();
  private final Cache<Tried, Waits> wrong = cache();
  private final Cache<Tried, Boolean> right = cache();

  /// How long a guesser waits.
  ///
  /// @param free wrong credentials that are not waited for
  /// @param first the wait after one more; each further one doubles it
  /// @param longest the longest wait
  /// @param forgetOneIn how long it takes to forget a wrong credential
  public record Limits(int free, Duration first, Duration longest, Duration forgetOneIn) {

    /// 20, 1 s, 5 min, 1 min.
    public static final Limits DEFAULT =
        new Limits(20, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(1));
  }

  private record Tried(AddressBlock address, String hash) {}

  public LoginGuard(Limits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /// Whether an address is listened to that gives a credential.
  public boolean admits(InetAddress source, String credential) {
    return waitFor(source, credential).isZero();
  }

  /// How long an address has to wait before a credential of its is looked at.
  public Duration waitFor(InetAddress source, String credential) {
    AddressBlock address = AddressBlock.of(source);
    Waits ofAddress = addresses.getIfPresent(address);
    Waits ofCredential = wrong.getIfPresent(new Tried(address, hash(credential)));
    if (ofAddress == null && ofCredential == null) {
      return Duration.ZERO;
    }
    if (right.getIfPresent(new Tried(address, hash(credential))) != null) {
      return Duration.ZERO;
    }
    Instant now = clock.instant();
    Duration first = ofAddress == null ? Duration.ZERO : ofAddress.left(now);
    Duration second = ofCredential == null ? Duration.ZERO : ofCredential.left(now);
    return first.compareTo(second) > 0 ? first : second;
  }

  /// The value of `Retry-After`, in whole seconds rounded up, at least 1.
  public long retryAfterSeconds(InetAddress source, String credential) {
    return Math.max(1, waitFor(source, credential).plusMillis(999).toSeconds());
  }

  /// An address has given a wrong credential.
  public void failed(InetAddress source, String credential) {
    Instant now = clock.instant();
    AddressBlock address = AddressBlock.of(source);
    Tried tried = new Tried(address, hash(credential));
    right.invalidate(tried);
    boolean isAnother = wrong.getIfPresent(tried) == null;
    wrong.get(tried, _ -> new Waits(limits)).failed(now);
    if (isAnother) {
      addresses.get(address, _ -> new Waits(limits)).failed(now);
    }
  }

  /// An address has given a right credential.
  public void passed(InetAddress source, String credential) {
    right.put(new Tried(AddressBlock.of(source), hash(credential)), true);
  }

  private static <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  }

  private static String hash(String credential) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(credential.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// The wrong tries of one address, or of one credential there. The monitor guards everything.
  private static final class Waits {

    private static final int MAX_DOUBLINGS = 30;

    private final Limits limits;
    private long count;
    private Instant forgottenUntil = Instant.MIN;
    private Instant end = Instant.MIN;

    Waits(Limits limits) {
      this.limits = limits;
    }

    synchronized Duration left(Instant now) {
      return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
    }

    synchronized void failed(Instant now) {
      forget(now);
      count++;
      long over = count - limits.free();
      if (over >= 0) {
        long factor = 1L << Math.min(over, MAX_DOUBLINGS);
        Duration wait = limits.first().multipliedBy(factor);
        end = now.plus(wait.compareTo(limits.longest()) > 0 ? limits.longest() : wait);
      }
    }

    private void forget(Instant now) {
      if (count == 0) {
        forgottenUntil = now;
        return;
      }
      long forgotten = Duration.between(forgottenUntil, now).dividedBy(limits.forgetOneIn());
      if (forgotten > 0) {
        count = Math.max(0, count - forgotten);
        forgottenUntil = forgottenUntil.plus(limits.forgetOneIn().multipliedBy(forgotten));
      }
    }
  }
}
