package dev.chasqui.bench;

import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.cli.child.FreshGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// From the start of the process to the line that says it is ready; memory; and what a gateway
/// without traffic does.
final class StartBench {

  private static final int RUNS = 5;
  private static final int RATE = 3_000;
  private static final int CALLERS = 64;
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final double MEGABYTE = 1 << 20;

  private final BenchPlan plan;

  /// Children inherit the launcher's cache; this leaves it out.
  private static final List<String> NO_CACHE = List.of("-XX:AOTMode=off");

  private static final List<String> LIKE_THIS = List.of();

  private final Servers servers;
  private final BenchReport report;
  private final Clock clock;

  StartBench(BenchPlan plan, Servers servers, BenchReport report, Clock clock) {
    this.plan = plan;
    this.servers = servers;
    this.report = report;
    this.clock = clock;
  }

  void run() throws IOException, InterruptedException {
    FreshGateway fresh = servers.fresh();
    Path data = servers.folder();
    report.add("start", "empty data directory", seconds(start(fresh, data, NO_CACHE)), "s");
    report.add("start", "without a cache, median of 5", median(fresh, data, NO_CACHE), "s");
    report.add(
        "start", "with the launcher's AOT cache, median of 5", median(fresh, data, LIKE_THIS), "s");
    resources(fresh, data);
  }

  private double median(FreshGateway fresh, Path data, List<String> flags)
      throws InterruptedException {
    List<Duration> all = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      all.add(start(fresh, data, flags));
    }
    Collections.sort(all);
    return seconds(all.get(RUNS / 2));
  }

  private static Duration start(FreshGateway fresh, Path data, List<String> flags)
      throws InterruptedException {
    try (ChildProcess process = ChildProcess.start(fresh.start(data, flags))) {
      return process.ready().after();
    }
  }

  private void resources(FreshGateway fresh, Path data) throws IOException, InterruptedException {
    ChildProcess process = ChildProcess.start(fresh.start(data, List.of()));
    try (Rig rig = new Rig(process, fresh.appSecret(), new SentTimes(), clock)) {
      rig.settle();
      report.add("start", "memory when ready", rig.meter().residentBytes() / MEGABYTE, "MiB");
      idle(rig);
      rig.measure(new Load.Fixed(RATE, plan.warmUp()), CALLERS);
      rig.measure(new Load.Fixed(RATE, plan.run()), CALLERS);
      rig.settle();
      report.add(
          "start", "memory after load at 3,000/s", rig.meter().residentBytes() / MEGABYTE, "MiB");
    }
  }

  private void idle(Rig rig) throws InterruptedException {
    Duration cpu = rig.meter().cpu();
    long disk = Machine.diskBytesWritten();
    TimeUnit.NANOSECONDS.sleep(QUIET.toNanos());
    double seconds = seconds(QUIET);
    Duration spent = rig.meter().cpu().minus(cpu);
    report.add("start", "CPU without traffic", spent.toMillis() / seconds, "ms/s");
    report.add(
        "start",
        "machine's disk writes without traffic",
        (Machine.diskBytesWritten() - disk) / seconds,
        "B/s");
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
