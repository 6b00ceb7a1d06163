package dev.chasqui.http.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps answers, fresh ones for a moment, and old ones for the time in which the name servers are
/// silent (RFC 8767): a name that was known goes on to be known. Each name is asked for once at a
/// time, and a number of names at a time, so names whose servers are silent do not hold up others.
///
/// Where an old answer is there, the new one is waited for a quarter of a second; if it has not
/// come by then, the old one is given at once for some seconds, while the question goes on.
final class RememberingResolver implements Resolver {

  private static final int MAX_NAMES = 10_000;

  private final Lookup lookup;
  private final Times times;
  private final LongSupplier nanoTime;
  private final Semaphore questions;
  private final Cache<String, KnownName> names =
      Caffeine.newBuilder().maximumSize(MAX_NAMES).build();

  /// How long answers count.
  ///
  /// @param fresh addresses are not asked for again
  /// @param failed nor is a name without any
  /// @param grace a new answer is waited for, where there is an old one
  /// @param maxWait it is not waited for again, if it did not come
  /// @param stale an old answer is given if no new one comes
  record Times(Duration fresh, Duration failed, Duration grace, Duration maxWait, Duration stale) {

    static Times of(Duration stale) {
      return new Times(
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(5),
          stale);
    }
  }

  /// @param maxQuestions names that are asked for at a time
  RememberingResolver(Lookup lookup, Times times, int maxQuestions, LongSupplier nanoTime) {
    this.lookup = lookup;
    this.times = times;
    this.questions = new Semaphore(maxQuestions);
    this.nanoTime = nanoTime;
  }

  @Override
  public Resolution resolve(String name, Duration limit) throws InterruptedException {
    KnownName known = names.get(name, _ -> new KnownName(times));
    Resolution fresh = known.fresh(nanoTime.getAsLong());
    if (fresh instanceof Found) {
      return fresh;
    }
    Found stale = known.stale(nanoTime.getAsLong());
    if (stale != null) {
      return refresh(name, known, stale, limit);
    }
    if (fresh != null) {
      return fresh;
    }
    Resolution answer = await(ask(name, known), limit);
    return answer == null
        ? new TemporaryFailure("the name servers did not answer in time")
        : answer;
  }

  @Override
  public void close() {
    lookup.close();
  }

  private Resolution refresh(String name, KnownName known, Found stale, Duration limit)
      throws InterruptedException {
    CompletableFuture<Resolution> question = ask(name, known);
    boolean isWorthWaiting = question.isDone() || !known.isSlow(nanoTime.getAsLong());
    if (!isWorthWaiting) {
      return stale;
    }
    Duration wait = limit.compareTo(times.grace()) < 0 ? limit : times.grace();
    Resolution answer = await(question, wait);
    if (answer == null || answer instanceof TemporaryFailure) {
      known.setSlow(nanoTime.getAsLong());
      return stale;
    }
    return answer;
  }

  private CompletableFuture<Resolution> ask(String name, KnownName known) {
    return known.ask(
        () -> {
          if (!questions.tryAcquire()) {
            return CompletableFuture.completedFuture(
                new TemporaryFailure("too many names wait for the name servers"));
          }
          return lookup
              .ask(name)
              .whenComplete(
                  (answer, _) -> {
                    questions.release();
                    if (answer != null) {
                      known.put(answer, nanoTime.getAsLong());
                    }
                  });
        });
  }

  /// Null if there was no answer in time.
  private static @Nullable Resolution await(CompletableFuture<Resolution> question, Duration limit)
      throws InterruptedException {
    try {
      return question.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      return new TemporaryFailure("the resolver failed");
    }
  }
}
