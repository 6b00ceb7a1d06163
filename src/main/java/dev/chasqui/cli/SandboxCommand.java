package dev.chasqui.cli;

import dev.chasqui.cli.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A gateway with everything round it simulated; docs/simulator.md says what is there.
@Command(
    name = "sandbox",
    description = {
      "A gateway, a simulated platform, an SMS bridge and an inbox, to try things by hand.",
      "Prints where they are as lines for a shell, and stays up."
    })
final class SandboxCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--data", paramLabel = "DIR", description = "An empty folder to keep the data.")
  private @Nullable Path data;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    try (TemporaryFolder folder = TemporaryFolder.orGiven(data, spec);
        Sandbox sandbox = Sandbox.start(folder.path(), clock, new Random(clock.millis()))) {
      sandbox.variables().forEach((name, value) -> out.println("export " + name + "=" + value));
      out.println("# paste these lines into another shell; Ctrl-C here ends it");
      out.flush();
      onEnd(sandbox, folder);
      new CountDownLatch(1).await();
      return 0;
    }
  }

  /// Ctrl-C ends the process without unwinding it.
  private static void onEnd(Sandbox sandbox, TemporaryFolder folder) {
    Runnable end =
        () -> {
          sandbox.close();
          folder.close();
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(end));
  }
}
