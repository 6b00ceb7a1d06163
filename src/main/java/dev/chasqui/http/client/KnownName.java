package dev.chasqui.http.client;

import dev.chasqui.http.client.Resolver.Found;
import dev.chasqui.http.client.Resolver.NotFound;
import dev.chasqui.http.client.Resolver.Resolution;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The addresses last found for one name. Guarded by itself.
final class KnownName {

  private final RememberingResolver.Times times;
  private @Nullable Resolution answer;
  private long answeredNanos;
  private @Nullable Found lastFound;
  private long foundNanos;
  private @Nullable CompletableFuture<Resolution> question;
  private long slowUntilNanos;
  private boolean isSlow;

  KnownName(RememberingResolver.Times times) {
    this.times = times;
  }

  /// The answer, null if there is none or it is too old.
  synchronized @Nullable Resolution fresh(long now) {
    Resolution last = answer;
    if (last == null) {
      return null;
    }
    long keep = last instanceof Found ? times.fresh().toNanos() : times.failed().toNanos();
    return now - answeredNanos < keep ? last : null;
  }

  /// The addresses that the name had, null if nothing is known or it is much too old.
  synchronized @Nullable Found stale(long now) {
    return now - foundNanos < times.stale().toNanos() ? lastFound : null;
  }

  /// The question that is under way, or a new one.
  synchronized CompletableFuture<Resolution> ask(Supplier<CompletableFuture<Resolution>> begin) {
    CompletableFuture<Resolution> current = question;
    if (current == null || current.isDone()) {
      current = begin.get();
      question = current;
    }
    return current;
  }

  synchronized void put(Resolution result, long now) {
    answer = result;
    answeredNanos = now;
    if (result instanceof Found found) {
      lastFound = found;
      foundNanos = now;
      isSlow = false;
    } else if (result instanceof NotFound) {
      lastFound = null;
      isSlow = false;
    }
  }

  /// True if the name servers were slow or silent just now, so that callers need not wait for them.
  synchronized boolean isSlow(long now) {
    return isSlow && now - slowUntilNanos < 0;
  }

  synchronized void setSlow(long now) {
    isSlow = true;
    slowUntilNanos = now + times.maxWait().toNanos();
  }
}
