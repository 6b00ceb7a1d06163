package dev.chasqui.cli;

import dev.chasqui.cli.demo.Demo;
import dev.chasqui.cli.demo.Story;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The whole product on one machine; docs/simulator.md tells the story.
@Command(
    name = "demo",
    description = {
      "Plays a day of traffic against a gateway of its own and checks the numbers.",
      "Needs no account and no configuration."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every number is as it ought to be", "1:some are not", "2:wrong use"})
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--once", description = "End after the day instead of staying up.")
  private boolean once;

  @Option(names = "--data", paramLabel = "DIR", description = "An empty folder to keep the data.")
  private @Nullable Path data;

  @Option(names = "--seed", description = "The same seed, the same traffic.")
  private @Nullable Long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    PrintWriter out = spec.commandLine().getOut();
    Random random = new Random(seed == null ? clock.millis() : seed);
    try (TemporaryFolder folder = TemporaryFolder.orGiven(data, spec);
        Demo demo = new Demo(folder.path(), new Story(out, clock), clock, random)) {
      List<String> mismatches = demo.play(clock, random);
      mismatches.forEach(line -> spec.commandLine().getErr().println("chasqui: " + line));
      if (!mismatches.isEmpty()) {
        folder.keep();
      }
      if (!once) {
        onEnd(demo, folder);
        stayUp(demo, out);
      }
      out.println(mismatches.isEmpty() ? "all numbers are right" : "data kept in " + folder.path());
      return mismatches.isEmpty() ? 0 : 1;
    }
  }

  /// Ctrl-C ends the process without unwinding it.
  private static void onEnd(Demo demo, TemporaryFolder folder) {
    Runnable end =
        () -> {
          demo.close();
          folder.close();
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(end));
  }

  private static void stayUp(Demo demo, PrintWriter out) throws InterruptedException {
    out.println("webhooks   " + demo.publicUrl() + "/webhooks/whatsapp");
    out.println("admin API  " + demo.adminUrl() + "/api/v1");
    out.println("token      " + demo.adminToken());
    out.println("Ctrl-C ends it.");
    out.flush();
    new CountDownLatch(1).await();
  }
}
