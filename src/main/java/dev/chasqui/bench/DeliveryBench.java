package dev.chasqui.bench;

import dev.chasqui.bench.BacklogWatch.Thirds;
import dev.chasqui.bench.Rig.Measured;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// From acknowledged to delivered: how long it takes at a fixed rate, and which rate can be kept up
/// to one, three and ten receivers.
final class DeliveryBench {

  private static final int CALLERS = 64;
  private static final int PEAK_OF_ONE_NUMBER = 3_000;
  private static final int[] FAN_OUTS = {3, 10};
  private static final int[] LADDER = {1_000, 2_000, 3_000, 4_000, 6_000, 8_000, 10_000};

  /// A backlog of less than this much traffic is what is under way, not what is left behind.
  private static final double UNDER_WAY_SECONDS = 0.25;

  private static final Duration CATCH_UP = Duration.ofMinutes(3);

  private final BenchPlan plan;
  private final Servers servers;
  private final BenchReport report;

  DeliveryBench(BenchPlan plan, Servers servers, BenchReport report) {
    this.plan = plan;
    this.servers = servers;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    one();
    for (int endpoints : FAN_OUTS) {
      ladder(endpoints);
    }
  }

  private void one() throws IOException, InterruptedException {
    SentTimes sentTimes = new SentTimes();
    try (SinkReceiver sink = new SinkReceiver(sentTimes);
        Servers.Gateway gateway = servers.gateway(sentTimes)) {
      Endpoints.addMatching(gateway.admin(), sink.port(), 1);
      Run run = new Run(gateway.rig(), sink, 1);
      run.at(PEAK_OF_ONE_NUMBER, plan.warmUp());
      latencies(run.at(PEAK_OF_ONE_NUMBER, plan.run()));
      run.at(plan.sustainedRate(), plan.warmUp());
      Kept kept = run.at(plan.sustainedRate(), plan.sustained());
      kept(
          kept,
          "1 endpoint, %,d/s asked for %ds".formatted(kept.rate, plan.sustained().toSeconds()));
    }
  }

  private void latencies(Kept kept) {
    Histogram ack = kept.measured.result().latency();
    Histogram received = kept.received;
    report.add("delivery", "3,000/s: ack p50", ack.percentileNanos(0.5) / 1e6, "ms");
    report.add("delivery", "3,000/s: ack p99", ack.percentileNanos(0.99) / 1e6, "ms");
    report.add(
        "delivery", "3,000/s: sent to received p50", received.percentileNanos(0.5) / 1e6, "ms");
    report.add(
        "delivery", "3,000/s: sent to received p99", received.percentileNanos(0.99) / 1e6, "ms");
    report.add("delivery", "3,000/s: gateway CPU", kept.measured.cpuMicros(), "us/event");
    report.add("delivery", "3,000/s: written to disk", kept.measured.diskBytes(), "B/event");
  }

  private void ladder(int endpoints) throws IOException, InterruptedException {
    SentTimes sentTimes = new SentTimes();
    try (SinkReceiver sink = new SinkReceiver(sentTimes);
        Servers.Gateway gateway = servers.gateway(sentTimes)) {
      Endpoints.addMatching(gateway.admin(), sink.port(), endpoints);
      Run run = new Run(gateway.rig(), sink, endpoints);
      run.at(LADDER[0], plan.warmUp());
      int best = 0;
      for (int rate : LADDER) {
        if (!run.at(rate, plan.run()).isKeptUp()) {
          break;
        }
        best = rate;
      }
      report.add("delivery", endpoints + " endpoints, events kept up", best, "/s");
      report.add("delivery", endpoints + " endpoints, deliveries", (double) best * endpoints, "/s");
    }
  }

  private void kept(Kept kept, String name) {
    report.add("delivery", name + ": acknowledged", kept.measured.result().perSecond(), "/s");
    report.add("delivery", name + ": delivered", kept.deliveredPerSecond, "/s");
    report.add("delivery", name + ": backlog, first third", kept.thirds.first(), "");
    report.add("delivery", name + ": backlog, last third", kept.thirds.last(), "");
    report.add("delivery", name + ": backlog grows", kept.isKeptUp() ? 0 : 1, "");
    report.add("delivery", name + ": gateway CPU", kept.measured.cpuMicros(), "us/event");
  }

  /// The result of a run at a fixed rate.
  ///
  /// @param received time from sent to received
  /// @param thirds average backlog in each third of the run
  private record Kept(
      int rate,
      int endpoints,
      Measured measured,
      Histogram received,
      double deliveredPerSecond,
      Thirds thirds) {

    /// Whether the backlog stayed what is under way, and did not grow.
    boolean isKeptUp() {
      double underWay = UNDER_WAY_SECONDS * rate * endpoints;
      boolean isSmall = thirds.last() <= underWay;
      boolean isFlat = thirds.last() - thirds.second() <= underWay / 2;
      return measured.result().perSecond() >= 0.98 * rate && (isSmall || isFlat);
    }
  }

  /// A gateway, a receiver that is registered several times, and loads.
  private record Run(Rig rig, SinkReceiver sink, int endpoints) {

    Kept at(int rate, Duration duration) throws IOException, InterruptedException {
      long owed = backlog();
      long before = sink.received();
      long start = System.nanoTime();
      sink.swapLatency();
      try (BacklogWatch watch = new BacklogWatch(() -> backlog() - owed)) {
        Measured measured = rig.measure(new Load.Fixed(rate, duration), CALLERS);
        double seconds = (System.nanoTime() - start) / 1e9;
        double delivered = (sink.received() - before) / seconds;
        Thirds thirds = watch.thirds();
        catchUp(owed);
        return new Kept(rate, endpoints, measured, sink.swapLatency(), delivered, thirds);
      }
    }

    private long backlog() {
      return rig.generator().acknowledged() * endpoints - sink.received();
    }

    /// What is delivered twice makes the number smaller, what is lost keeps it above.
    private void catchUp(long owed) throws InterruptedException {
      long end = System.nanoTime() + CATCH_UP.toNanos();
      while (backlog() > owed) {
        if (System.nanoTime() > end) {
          throw new BenchException(backlog() - owed + " deliveries did not come in " + CATCH_UP);
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }
}
