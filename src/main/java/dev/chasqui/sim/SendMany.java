package dev.chasqui.sim;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Sends many requests, some at a time, as the platform does.
public final class SendMany {

  private final Platform platform;
  private final int concurrency;

  public SendMany(Platform platform, int concurrency) {
    this.platform = platform;
    this.concurrency = concurrency;
  }

  /// How requests are bunched.
  ///
  /// @param size requests sent as fast as they are taken, 0 for all
  /// @param pause the silence between two bunches
  public record Bursts(int size, Duration pause) {
    /// All requests without a pause.
    public static final Bursts NONE = new Bursts(0, Duration.ZERO);

    /// Bunches of a size with a second of silence between.
    public static Bursts of(int size) {
      return new Bursts(size, Duration.ofSeconds(1));
    }
  }

  /// The counts of a run.
  ///
  /// @param taken requests that were answered 200 in the end
  /// @param duplicates those of them that a gateway knew already
  /// @param repeated attempts beyond the first
  /// @param givenUp requests that were not taken when the schedule ended
  /// @param refusals well-signed requests that were answered 200 with `"accepted":false`, by reason
  public record Tally(
      int taken, int duplicates, int repeated, int givenUp, Map<String, Long> refusals) {

    public Tally {
      refusals = Map.copyOf(refusals);
    }

    /// Whether every request that is not forged was taken and accepted.
    public boolean isAccepted() {
      return givenUp == 0 && refusals.isEmpty();
    }
  }

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
    int duplicates = (int) results.stream().filter(Platform.Result::isDuplicate).count();
    int repeated = results.stream().mapToInt(result -> result.attempts() - 1).sum();
    return new Tally(
        taken, duplicates, repeated, results.size() - taken, refusals(requests, results));
  }

  private static Map<String, Long> refusals(
      List<SignedWebhook> requests, List<Platform.Result> results) {
    return IntStream.range(0, results.size())
        .filter(i -> requests.get(i).kind() != SignedWebhook.Kind.FORGED)
        .mapToObj(i -> results.get(i).refusal())
        .flatMap(Optional::stream)
        .collect(groupingBy(reason -> reason, counting()));
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
