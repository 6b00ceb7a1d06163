package dev.chasqui.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The benchmark as a whole.
public final class Bench {

  private final BenchPlan plan;
  private final Servers servers;
  private final Report report;
  private final Clock clock;

  public Bench(BenchPlan plan, PrintWriter out, Clock clock, RandomGenerator random) {
    this.plan = plan;
    this.servers = new Servers(plan.work(), clock, random);
    this.report = new Report(out);
    this.clock = clock;
  }

  /// The parts of the benchmark.
  public enum Part {
    INGEST,
    DELIVERY,
    ROUTES,
    NEIGHBOUR,
    MESSAGES,
    MIXED,
    BACKLOG,
    START
  }

  /// Measures, prints, and writes the figures to a file.
  ///
  /// @return the file
  /// @throws BenchException if something could not be measured
  public Path run(Set<Part> parts, Path results) throws IOException, InterruptedException {
    report.say(
        "chasqui bench on " + Machine.describe() + "; generator, gateway and receiver share it");
    for (Part part : parts) {
      switch (part) {
        case INGEST -> new IngestBench(plan, servers, report).run();
        case DELIVERY -> new DeliveryBench(plan, servers, report).run();
        case ROUTES -> new RoutesBench(plan, servers, report).run();
        case NEIGHBOUR -> new NeighbourBench(plan, servers, report).run();
        case MESSAGES -> new MessagesBench(plan, servers, report).run();
        case MIXED -> new MixedBench(plan, servers, report).run();
        case BACKLOG -> new BacklogBench(plan, servers, report).run();
        case START -> new StartBench(plan, servers, report, clock).run();
      }
    }
    Path file = report.write(results, clock.instant());
    report.say("written to " + file);
    return file;
  }
}
