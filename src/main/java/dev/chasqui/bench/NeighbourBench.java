package dev.chasqui.bench;

import java.io.IOException;

/// What nine good receivers notice of a tenth that hangs, fails, or answers just before the
/// deadline: their 99th percentile from sent to received, without it and with it.
final class NeighbourBench {

  private static final int CALLERS = 64;
  private static final int GOOD = 9;
  private static final int RATE = 300;
  private static final int ROUNDS = 6;

  private final BenchPlan plan;
  private final Servers servers;
  private final BenchReport report;

  NeighbourBench(BenchPlan plan, Servers servers, BenchReport report) {
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
      for (BadReceiver.Habit habit : BadReceiver.Habit.values()) {
        beside(habit, gateway, sink);
      }
    }
  }

  private void beside(BadReceiver.Habit habit, Servers.Gateway gateway, SinkReceiver sink)
      throws IOException, InterruptedException {
    Rig rig = gateway.rig();
    try (BadReceiver bad = new BadReceiver(habit)) {
      Alternating both =
          Alternating.of(
              ROUNDS,
              () -> latencies(rig, sink),
              () -> {
                String tenth = Endpoints.add(gateway.admin(), "tenth", bad.port());
                Histogram beside = latencies(rig, sink);
                Endpoints.remove(gateway.admin(), tenth);
                return beside;
              });
      String name = "9 good receivers: p99 with a tenth that " + habit.words;
      report.add("neighbour", name, both.withMillis(), "ms");
      report.add("neighbour", "  p99 without it", both.withoutMillis(), "ms");
      report.add("neighbour", "  of without it", both.ratio(), "x");
      report.add("neighbour", "  without it, of without it", both.noise(), "x");
    }
  }

  private Histogram latencies(Rig rig, SinkReceiver sink) throws IOException {
    sink.swapLatency();
    rig.measure(new Load.Fixed(RATE, plan.round()), CALLERS);
    return sink.swapLatency();
  }
}
