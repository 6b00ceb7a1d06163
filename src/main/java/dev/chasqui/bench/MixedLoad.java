package dev.chasqui.bench;

import dev.chasqui.sim.Business;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/// A gateway with one receiver that takes its time, to which messages go, alone and beside
/// statuses.
final class MixedLoad implements AutoCloseable {

  /// The receiver's times are spread evenly from the shortest on, the same ones in each run, and
  /// far enough from the ends of the lane.
  private static final Duration SHORTEST = Duration.ofMillis(210);

  private static final Duration LONGEST = Duration.ofMillis(290);
  private static final long SEED = 1;

  /// Of each round, before anything is counted: connections are opened, the campaign is under way.
  private static final Duration LEAD_IN = Duration.ofSeconds(2);

  private static final int MESSAGES = 50;
  private static final int STATUSES = 3_000;
  private static final int CALLERS = 64;

  private final BenchPlan plan;
  private final SinkReceiver fast;
  private final SinkReceiver slow;
  private final Servers.Gateway gateway;
  private final LoadGenerator statuses;
  private final String endpoint;

  private final Rounds alone = new Rounds();
  private final Rounds beside = new Rounds();

  /// The deliveries that the receiver got in the rounds of one kind.
  static final class Rounds {
    private final Histogram latency = new Histogram();
    private long received;
    private long nanos;

    /// The 99th percentile from sent to received.
    double receivedMillis() {
      return Alternating.millis(latency);
    }

    /// Messages and statuses together.
    double perSecond() {
      return received * 1e9 / nanos;
    }
  }

  /// @param places deliveries under way to the receiver at a time
  /// @param environment the gateway's
  MixedLoad(BenchPlan plan, Servers servers, int places, Map<String, String> environment)
      throws IOException, InterruptedException {
    this.plan = plan;
    SentTimes sentTimes = new SentTimes();
    this.fast = new SinkReceiver(sentTimes);
    this.slow = new SinkReceiver(sentTimes, SinkAnswer.OK, times());
    this.gateway = servers.gateway(sentTimes, environment);
    RequestTemplate status =
        RequestTemplate.ofStatuses(rig().authority(), Business.SAMPLE, gateway.secret());
    this.statuses = rig().generator(status, new SentTimes());
    this.endpoint = Endpoints.addBounded(gateway.admin(), fast.port(), places);
  }

  private static LongSupplier times() {
    SplittableRandom random = new SplittableRandom(SEED);
    return () -> random.nextLong(SHORTEST.toNanos(), LONGEST.toNanos());
  }

  private Rig rig() {
    return gateway.rig();
  }

  /// Warms the gateway with both loads, and only then gives the endpoint its slow receiver, so that
  /// nothing is owed when the rounds begin.
  void warm() throws IOException, InterruptedException {
    try (Campaign _ = new Campaign(plan.warmUp())) {
      var _ = messages(plan.warmUp());
    }
    rig().settle();
    Endpoints.move(gateway.admin(), endpoint, slow.port());
  }

  /// A round of messages alone: how long each took until it was answered.
  Histogram roundAlone() throws IOException, InterruptedException {
    rig().settle();
    return round(alone);
  }

  /// The same beside statuses.
  Histogram roundBeside() throws IOException, InterruptedException {
    try (Campaign _ = new Campaign(LEAD_IN.plus(plan.round()).plus(LONGEST))) {
      return round(beside);
    }
  }

  private Histogram round(Rounds rounds) throws IOException, InterruptedException {
    forget();
    slow.awaitAnswers(messages(LEAD_IN));
    forget();
    long before = slow.received();
    long start = System.nanoTime();
    long sent = messages(plan.round());
    rounds.received += slow.received() - before;
    rounds.nanos += System.nanoTime() - start;
    slow.awaitAnswers(sent);
    rounds.latency.add(slow.swapLatency());
    return slow.swapTurnaround();
  }

  private void forget() {
    slow.swapLatency();
    slow.swapTurnaround();
  }

  /// @return how many were taken
  private long messages(Duration time) throws IOException {
    return rig().measure(new Load.Fixed(MESSAGES, time), CALLERS).result().acknowledged();
  }

  Rounds alone() {
    return alone;
  }

  Rounds beside() {
    return beside;
  }

  /// Statuses, sent by a thread of its own.
  private final class Campaign implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<LoadGenerator.Result> run;

    Campaign(Duration time) {
      run = thread.submit(() -> statuses.run(new Load.Fixed(STATUSES, time), CALLERS));
    }

    /// Waits until all are sent.
    @Override
    public void close() {
      try (thread) {
        LoadGenerator.Result result = run.get();
        if (result.failures() > result.acknowledged() / 100) {
          throw new BenchException(result.failures() + " statuses were not taken");
        }
      } catch (ExecutionException e) {
        throw new BenchException("the statuses could not be sent", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchException("interrupted", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    statuses.close();
    gateway.close();
    slow.close();
    fast.close();
  }
}
