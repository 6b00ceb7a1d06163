package dev.chasqui.cli;

import dev.chasqui.bench.Bench;
import dev.chasqui.bench.Bench.Part;
import dev.chasqui.bench.BenchPlan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Measures a gateway of its own on this machine; docs/benchmarks.md says how.
@Command(
    name = "bench",
    description = {
      "Measures a gateway of its own on this machine.",
      "Prints a table and writes bench/results/<date>.json."
    })
final class BenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "PART",
      description =
          "ingest, delivery, routes, neighbour, messages, mixed, backlog, start or all (default).")
  private List<String> parts = List.of("all");

  @Option(names = "--quick", description = "Short runs, to see that it works; not for figures.")
  private boolean quick;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "12000",
      description = "Events per second of the sustained delivery run (default ${DEFAULT-VALUE}).")
  private int rate = 12_000;

  @Option(
      names = "--backlog",
      paramLabel = "N",
      defaultValue = "1000000",
      description =
          "Deliveries owed to the receiver of the part backlog that is down (default"
              + " ${DEFAULT-VALUE}).")
  private int backlog = 1_000_000;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "bench/results",
      description = "Folder for the figures (default ${DEFAULT-VALUE}).")
  private Path results = Path.of("bench/results");

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "target/bench",
      description =
          "Folder for the gateways' data, on the disk to be measured (default"
              + " ${DEFAULT-VALUE}).")
  private Path work = Path.of("target/bench");

  @Option(
      names = "--postgres",
      paramLabel = "URL",
      description =
          "Each gateway keeps its rows in a schema of its own in this database,"
              + " postgresql://user:password@host:port/database, and not in the embedded store."
              + " The part start always has the embedded one.")
  private @Nullable String postgres;

  @Override
  public Integer call() throws Exception {
    BenchPlan plan =
        quick ? BenchPlan.quick(rate, backlog, work) : BenchPlan.full(rate, backlog, work);
    Bench bench =
        new Bench(
            plan,
            postgres,
            spec.commandLine().getOut(),
            Clock.systemUTC(),
            RandomGenerator.getDefault());
    bench.run(parts(), results);
    return 0;
  }

  private Set<Part> parts() {
    Set<Part> chosen = EnumSet.noneOf(Part.class);
    for (String word : parts) {
      if (word.equals("all")) {
        return EnumSet.allOf(Part.class);
      }
      try {
        chosen.add(Part.valueOf(word.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException _) {
        throw new ParameterException(
            spec.commandLine(), "unknown part " + word + "; choose from " + names());
      }
    }
    return chosen;
  }

  private static String names() {
    return Stream.of(Part.values())
        .map(part -> part.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", ", "", ", all"));
  }
}
