package dev.chasqui.http.client;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks the operating system. Its call blocks the thread that makes it, and would block the carrier
/// of a virtual thread, so it is made on a few threads of its own; answers are kept for a moment.
final class SystemResolver implements Resolver {

  private static final int THREADS = 8;
  private static final int MAX_QUESTIONS_WAITING = 1024;
  private static final int MAX_NAMES = 10_000;
  private static final Duration KEEP_FOUND = Duration.ofSeconds(10);

  /// What glibc and musl say of a name that does not exist. What other systems say of it they say
  /// without a network too.
  private static final List<String> SURE =
      List.of(
          "Name or service not known",
          "No address associated with hostname",
          "Name does not resolve");

  private static final Duration KEEP_OTHERS = Duration.ofSeconds(1);

  private final ThreadPoolExecutor threads;
  private final AsyncCache<String, Resolution> answers;

  SystemResolver() {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_QUESTIONS_WAITING),
            Thread.ofPlatform().name("resolver-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
    answers =
        Caffeine.newBuilder()
            .maximumSize(MAX_NAMES)
            .expireAfter(Expiry.<String, Resolution>creating((_, answer) -> keep(answer)))
            .buildAsync();
  }

  @Override
  public Resolution resolve(String name, Duration limit) throws InterruptedException {
    try {
      return answers
          .get(name, (asked, _) -> CompletableFuture.supplyAsync(() -> ask(asked), threads))
          .get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new TemporaryFailure("the resolver did not answer in time");
    } catch (RejectedExecutionException e) {
      return new TemporaryFailure("too many names wait for the resolver");
    } catch (ExecutionException e) {
      return new TemporaryFailure("the resolver failed");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static Duration keep(Resolution answer) {
    return answer instanceof Found ? KEEP_FOUND : KEEP_OTHERS;
  }

  private static Resolution ask(String name) {
    try {
      return new Found(List.of(InetAddress.getAllByName(name)));
    } catch (UnknownHostException e) {
      return isCertain(e) ? new NotFound() : new TemporaryFailure("the resolver did not answer");
    }
  }

  /// Java has one exception for both cases and tells them apart in the system's words only. What it
  /// remembers of an earlier failure has no such words; then not knowing is the safe reading,
  /// because a name that does not exist ends a delivery of some dialects at once.
  private static boolean isCertain(UnknownHostException e) {
    String words = String.valueOf(e.getMessage());
    return SURE.stream().anyMatch(words::contains);
  }
}
