package dev.chasqui.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The benchmark as a whole.
public final class Bench {

  private final BenchPlan plan;
  private final Servers servers;
  private final BenchReport report;
  private final Clock clock;

  /// @param postgres the database in which each gateway gets a schema; null for embedded stores
  public Bench(
      BenchPlan plan,
      @Nullable String postgres,
      PrintWriter out,
      Clock clock,
      RandomGenerator random) {
    this.plan = plan;
    this.servers = new Servers(plan.work(), postgres, clock, random);
    this.report = new BenchReport(postgres == null ? "sqlite" : "postgresql", out);
    this.clock = clock;
  }

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
