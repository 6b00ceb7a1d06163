package dev.chasqui.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Sends many requests, some at a time, as the platform does.
public final class Sending {

  private final Platform platform;
  private final int concurrency;

  public Sending(Platform platform, int concurrency) {
    this.platform = platform;
    this.concurrency = concurrency;
  }

  /// How requests are bunched.
  ///
  /// @param size requests sent as fast as they are taken, 0 for all
  /// @param pause the silence between two bunches
  public record Bursts(int size, Duration pause) {
    /// All at once.
    public static final Bursts NONE = new Bursts(0, Duration.ZERO);

    /// Bunches of a size with a second of silence between.
    public static Bursts of(int size) {
      return new Bursts(size, Duration.ofSeconds(1));
    }
  }

  /// What came of it.
  ///
  /// @param taken requests that were answered 200 in the end
  /// @param repeated attempts beyond the first
  /// @param givenUp requests that were not taken when the schedule ended
  public record Tally(int taken, int repeated, int givenUp) {}

  /// Sends all of them, in order as far as concurrency leaves one.
  public Tally send(List<SignedWebhook> requests, Bursts bursts) throws InterruptedException {
    List<Platform.Result> results = new ArrayList<>();
    int size = bursts.size() == 0 ? Math.max(1, requests.size()) : bursts.size();
    for (int from = 0; from < requests.size(); from += size) {
      if (from > 0) {
        TimeUnit.NANOSECONDS.sleep(bursts.pause().toNanos());
      }
      int to = Math.min(requests.size(), from + size);
      results.addAll(sendAll(requests.subList(from, to)));
    }
    int taken = (int) results.stream().filter(Platform.Result::isTaken).count();
    int repeated = results.stream().mapToInt(result -> result.attempts() - 1).sum();
    return new Tally(taken, repeated, results.size() - taken);
  }

  private List<Platform.Result> sendAll(List<SignedWebhook> requests) throws InterruptedException {
    List<Platform.Result> results = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(concurrency)) {
      List<Future<Platform.Result>> sent = new ArrayList<>();
      for (SignedWebhook request : requests) {
        sent.add(pool.submit(() -> platform.send(request)));
      }
      for (Future<Platform.Result> result : sent) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the platform failed", e.getCause());
    }
  }
}
