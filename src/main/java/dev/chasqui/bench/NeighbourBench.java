package dev.chasqui.bench;

import java.io.IOException;
import java.util.Locale;

/// What nine good receivers notice of a tenth that hangs, fails, or answers just before the
/// deadline: their 99th percentile from sent to received, without it and with it.
final class NeighbourBench {

  private static final int CALLERS = 64;
  private static final int GOOD = 9;
  private static final int RATE = 300;
  private static final double PERCENTILE = 0.99;

  private final BenchPlan plan;
  private final Servers servers;
  private final Report report;

  NeighbourBench(BenchPlan plan, Servers servers, Report report) {
    this.plan = plan;
    this.servers = servers;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    SentTimes sentTimes = new SentTimes();
    try (SinkReceiver sink = new SinkReceiver(sentTimes);
        Servers.Gateway gateway = servers.gateway(sentTimes)) {
      Endpoints.addMatching(gateway.admin(), sink.port(), GOOD);
      gateway.rig().measure(new Load.Fixed(RATE, plan.warmUp()), CALLERS);
      double alone = p99(gateway.rig(), sink);
      report.add("neighbour", "9 good receivers: p99 without a tenth", alone, "ms");
      for (BadReceiver.Habit habit : BadReceiver.Habit.values()) {
        beside(habit, gateway, sink);
      }
      report.add(
          "neighbour", "9 good receivers: p99 without it again", p99(gateway.rig(), sink), "ms");
    }
  }

  /// Each is compared with a run just before it, since a shared machine changes its mind.
  private void beside(BadReceiver.Habit habit, Servers.Gateway gateway, SinkReceiver sink)
      throws IOException, InterruptedException {
    double alone = p99(gateway.rig(), sink);
    try (BadReceiver bad = new BadReceiver(habit)) {
      String tenth =
          Endpoints.add(
              gateway.admin(), "tenth-" + habit.name().toLowerCase(Locale.ROOT), bad.port());
      double beside = p99(gateway.rig(), sink);
      Endpoints.remove(gateway.admin(), tenth);
      String name = "9 good receivers: p99 with a tenth that " + habit.words;
      report.add("neighbour", name, beside, "ms");
      report.add("neighbour", "  of without it", beside / alone, "x");
    }
  }

  private double p99(Rig rig, SinkReceiver sink) throws IOException {
    sink.swapLatency();
    rig.measure(new Load.Fixed(RATE, plan.run()), CALLERS);
    return sink.swapLatency().percentileNanos(PERCENTILE) / 1e6;
  }
}
