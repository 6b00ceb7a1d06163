package dev.chasqui.bench;

import dev.chasqui.bench.Rig.Measured;
import java.io.IOException;

/// What ten thousand endpoints cost that have nothing to do with a message.
final class RoutesBench {

  private static final int OTHERS = 9_999;
  private static final int RATE = 3_000;
  private static final int CALLERS = 64;

  private final BenchPlan plan;
  private final Servers servers;
  private final BenchReport report;

  RoutesBench(BenchPlan plan, Servers servers, BenchReport report) {
    this.plan = plan;
    this.servers = servers;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    double alone = cpuMicros(0);
    double among = cpuMicros(OTHERS);
    report.add("routes", "1 endpoint: gateway CPU at 3,000/s", alone, "us/event");
    report.add("routes", "1 of 10,000 endpoints: gateway CPU at 3,000/s", among, "us/event");
    report.add("routes", "ratio", among / alone, "x");
  }

  private double cpuMicros(int others) throws IOException, InterruptedException {
    SentTimes sentTimes = new SentTimes();
    try (SinkReceiver sink = new SinkReceiver(sentTimes);
        Servers.Gateway gateway = servers.gateway(sentTimes)) {
      Endpoints.addMatching(gateway.admin(), sink.port(), 1);
      Endpoints.addOthers(gateway.admin(), sink.port(), others);
      Rig rig = gateway.rig();
      rig.measure(new Load.Fixed(RATE, plan.warmUp()), CALLERS);
      rig.settle();
      long before = sink.received();
      Measured measured = rig.measure(new Load.Fixed(RATE, plan.run()), CALLERS);
      rig.settle();
      long delivered = sink.received() - before;
      if (delivered < measured.result().acknowledged()) {
        throw new BenchException(
            "only %d of %d delivered".formatted(delivered, measured.result().acknowledged()));
      }
      return measured.cpuMicros();
    }
  }
}
