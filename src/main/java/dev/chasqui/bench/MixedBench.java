package dev.chasqui.bench;

import dev.chasqui.sim.Business;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What a message notices of a campaign's statuses on their way to the same receiver, which can
/// take both, but not much more: its 99th percentile from sent to received, alone and beside them.
final class MixedBench {

  private static final String PART = "mixed";
  private static final int MESSAGES = 50;
  private static final int STATUSES = 3_000;
  private static final int CALLERS = 64;
  private static final double PERCENTILE = 0.99;

  /// With so many deliveries under way at a receiver that takes so long for each, it takes 4,000 a
  /// second: the load is three quarters of that.
  private static final int MAX_IN_FLIGHT = 32;

  private static final Duration ANSWERS_AFTER = Duration.ofMillis(8);

  private final BenchPlan plan;
  private final Servers servers;
  private final Report report;

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
      gateway.rig().settle();
      double alone = p99(gateway.rig(), sink);
      report.add(PART, "50 messages/s: p99 from sent to received", alone, "ms");
      gateway.rig().settle();
      sink.swapLatency();
      long before = sink.received();
      long start = System.nanoTime();
      beside(gateway.rig(), campaign, plan.run());
      double seconds = (System.nanoTime() - start) / 1e9;
      report.add(PART, "  received beside 3,000 statuses/s", rate(sink, before, seconds), "/s");
      double beside = sink.swapLatency().percentileNanos(PERCENTILE) / 1e6;
      report.add(PART, "  p99 beside 3,000 statuses/s", beside, "ms");
      report.add(PART, "  of without them", beside / alone, "x");
      gateway.rig().settle();
      report.add(PART, "  p99 without them again", p99(gateway.rig(), sink), "ms");
    }
  }

  private static double rate(SinkReceiver sink, long before, double seconds) {
    return (sink.received() - before) / seconds;
  }

  private double p99(Rig rig, SinkReceiver sink) throws IOException {
    sink.swapLatency();
    rig.measure(new Load.Fixed(MESSAGES, plan.run()), CALLERS);
    return sink.swapLatency().percentileNanos(PERCENTILE) / 1e6;
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
