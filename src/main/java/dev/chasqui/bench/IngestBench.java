package dev.chasqui.bench;

import dev.chasqui.bench.LoadGenerator.Result;
import dev.chasqui.bench.Rig.Measured;
import java.io.IOException;

/// How many webhooks are acknowledged, how fast, and at what cost, beside what the same HTTP server
/// does if it does nothing. The gateway works on what it has taken while it takes more: nothing is
/// switched off.
final class IngestBench {

  private static final int[] CALLERS = {256, 64};
  private static final int PEAK_OF_ONE_NUMBER = 3_000;
  private static final int FIXED_CALLERS = 64;

  private final BenchPlan plan;
  private final Servers servers;
  private final BenchReport report;

  IngestBench(BenchPlan plan, Servers servers, BenchReport report) {
    this.plan = plan;
    this.servers = servers;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    double[] ceilings = ceilings();
    try (Servers.Gateway gateway = servers.gateway(new SentTimes())) {
      Rig rig = gateway.rig();
      rig.measure(new Load.Closed(plan.warmUp()), CALLERS[0]);
      for (int i = 0; i < CALLERS.length; i++) {
        rig.settle();
        Measured measured = rig.measure(new Load.Closed(plan.run()), CALLERS[i]);
        String by = ", " + CALLERS[i] + " callers";
        report.add(rate("acknowledged" + by, measured.result()).withCeiling(ceilings[i]));
        latencies("ack" + by, measured.result());
        report.add("ingest", "gateway CPU" + by, measured.cpuMicros(), "us/event");
        report.add("ingest", "written to disk" + by, measured.diskBytes(), "B/event");
      }
      rig.settle();
      fixed(rig);
    }
  }

  private void fixed(Rig rig) throws IOException {
    Measured measured = rig.measure(new Load.Fixed(PEAK_OF_ONE_NUMBER, plan.run()), FIXED_CALLERS);
    report.add(rate("acknowledged at a fixed 3,000/s", measured.result()));
    latencies("ack at a fixed 3,000/s", measured.result());
    report.add("ingest", "gateway CPU at a fixed 3,000/s", measured.cpuMicros(), "us/event");
    report.add("ingest", "written to disk at a fixed 3,000/s", measured.diskBytes(), "B/event");
  }

  private double[] ceilings() throws IOException, InterruptedException {
    double[] ceilings = new double[CALLERS.length];
    try (Rig rig = servers.noOp()) {
      rig.measure(new Load.Closed(plan.warmUp()), CALLERS[0]);
      for (int i = 0; i < CALLERS.length; i++) {
        Measured measured = rig.measure(new Load.Closed(plan.run()), CALLERS[i]);
        String by = ", " + CALLERS[i] + " callers";
        ceilings[i] = measured.result().perSecond();
        report.add("no-op", "answered" + by, ceilings[i], "/s");
        report.add("no-op", "p99" + by, millis(measured.result(), 0.99), "ms");
        report.add("no-op", "server CPU" + by, measured.cpuMicros(), "us/event");
        report.add("no-op", "generator CPU" + by, measured.ownCpuMicros(), "us/event");
      }
    }
    return ceilings;
  }

  private void latencies(String name, Result result) {
    report.add("ingest", name + ", p50", millis(result, 0.5), "ms");
    report.add("ingest", name + ", p99", millis(result, 0.99), "ms");
    report.add("ingest", name + ", p99.9", millis(result, 0.999), "ms");
  }

  private static Figure rate(String name, Result result) {
    return Figure.of("ingest", name, result.perSecond(), "/s");
  }

  private static double millis(Result result, double share) {
    return result.latency().percentileNanos(share) / 1e6;
  }
}
