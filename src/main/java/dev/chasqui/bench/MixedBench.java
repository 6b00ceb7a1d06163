package dev.chasqui.bench;

import dev.chasqui.sim.Business;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What a message notices of a campaign's statuses on their way to the same receiver, which takes
/// its time and can take both, but not much more: its 99th percentile from sent until the receiver
/// has answered, and from sent to received, alone and beside them.
final class MixedBench {

  private static final String PART = "mixed";
  private static final int MESSAGES = 50;
  private static final int STATUSES = 3_000;
  private static final int CALLERS = 64;
  private static final int ROUNDS = 6;

  /// With so many deliveries under way at a receiver that takes so long for each, it takes 4,200
  /// statuses a second beside the eighth that is kept for messages: the load is three quarters of
  /// that.
  private static final int MAX_IN_FLIGHT = 250;

  private static final Duration ANSWERS_AFTER = Duration.ofMillis(50);

  private final BenchPlan plan;
  private final Servers servers;
  private final Report report;

  private final Histogram aloneReceived = new Histogram();
  private final Histogram besideReceived = new Histogram();

  /// What the receiver got in the rounds with both, and how long they took.
  private long received;

  private long receivedNanos;

  MixedBench(BenchPlan plan, Servers servers, Report report) {
    this.plan = plan;
    this.servers = servers;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    SentTimes sentTimes = new SentTimes();
    try (SinkReceiver sink = new SinkReceiver(sentTimes, SinkAnswer.OK, ANSWERS_AFTER);
        Servers.Gateway gateway = servers.gateway(sentTimes);
        LoadGenerator campaign = campaign(gateway)) {
      Endpoints.addBounded(gateway.admin(), sink.port(), MAX_IN_FLIGHT);
      beside(gateway.rig(), campaign, plan.warmUp());
      Alternating both =
          Alternating.of(
              ROUNDS, () -> alone(gateway.rig(), sink), () -> mixed(gateway.rig(), sink, campaign));
      report.add(PART, "50 messages/s: p99 from sent to answered", both.withoutMillis(), "ms");
      report.add(PART, "  p99 beside 3,000 statuses/s", both.withMillis(), "ms");
      report.add(PART, "  of without them", both.ratio(), "x");
      report.add(PART, "  without them, of without them", both.noise(), "x");
      report.add(PART, "  p99 from sent to received", Alternating.millis(aloneReceived), "ms");
      report.add(
          PART, "  p99 of that beside 3,000 statuses/s", Alternating.millis(besideReceived), "ms");
      report.add(PART, "  received beside 3,000 statuses/s", received * 1e9 / receivedNanos, "/s");
    }
  }

  private Histogram alone(Rig rig, SinkReceiver sink) throws IOException, InterruptedException {
    begin(rig, sink);
    rig.measure(new Load.Fixed(MESSAGES, plan.round()), CALLERS);
    return end(rig, sink, aloneReceived);
  }

  private Histogram mixed(Rig rig, SinkReceiver sink, LoadGenerator campaign)
      throws IOException, InterruptedException {
    begin(rig, sink);
    long before = sink.received();
    long start = System.nanoTime();
    beside(rig, campaign, plan.round());
    received += sink.received() - before;
    receivedNanos += System.nanoTime() - start;
    return end(rig, sink, besideReceived);
  }

  private static void begin(Rig rig, SinkReceiver sink) throws InterruptedException {
    rig.settle();
    sink.swapLatency();
    sink.swapTurnaround();
  }

  private static Histogram end(Rig rig, SinkReceiver sink, Histogram received)
      throws InterruptedException {
    rig.settle();
    received.add(sink.swapLatency());
    return sink.swapTurnaround();
  }

  private static LoadGenerator campaign(Servers.Gateway gateway) throws IOException {
    RequestTemplate statuses =
        RequestTemplate.ofStatuses(gateway.rig().authority(), Business.SAMPLE, gateway.secret());
    return gateway.rig().generator(statuses, new SentTimes());
  }

  /// Messages and statuses at once, each from a thread of its own.
  private static void beside(Rig rig, LoadGenerator campaign, Duration time)
      throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<LoadGenerator.Result> statuses =
          threads.submit(() -> campaign.run(new Load.Fixed(STATUSES, time), CALLERS));
      rig.measure(new Load.Fixed(MESSAGES, time), CALLERS);
      LoadGenerator.Result result = statuses.get();
      if (result.failures() > result.acknowledged() / 100) {
        throw new BenchException(result.failures() + " statuses were not taken");
      }
    } catch (ExecutionException e) {
      throw new BenchException("the statuses could not be sent", e);
    }
  }
}
