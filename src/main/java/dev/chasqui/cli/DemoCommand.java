package dev.chasqui.cli;

import dev.chasqui.cli.child.ScratchStore;
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

  @Option(
      names = "--postgres",
      paramLabel = "URL",
      description = {
        "Keep the rows in a schema of their own in this database,",
        "postgresql://user:password@host:port/database, and drop it in the end."
      })
  private @Nullable String postgres;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    PrintWriter out = spec.commandLine().getOut();
    Random random = new Random(seed == null ? clock.millis() : seed);
    try (TemporaryFolder folder = TemporaryFolder.orGiven(data, spec);
        ScratchStore store = ScratchStore.open(postgres, random);
        Demo demo = new Demo(folder.path(), store, new Story(out, clock), clock, random)) {
      List<String> mismatches = demo.play(clock, random);
      mismatches.forEach(line -> spec.commandLine().getErr().println("chasqui: " + line));
      if (!mismatches.isEmpty()) {
        folder.keep();
        store.keep();
      }
      if (!once) {
        onEnd(demo, store, folder);
        stayUp(demo, out);
      }
      out.println(mismatches.isEmpty() ? "all numbers are right" : kept(store, folder));
      return mismatches.isEmpty() ? 0 : 1;
    }
  }

  private static String kept(ScratchStore store, TemporaryFolder folder) {
    return "data kept in " + folder.path() + " and " + store;
  }

  /// Ctrl-C ends the process without unwinding it.
  private static void onEnd(Demo demo, ScratchStore store, TemporaryFolder folder) {
    Runnable end =
        () -> {
          demo.close();
          store.close();
          folder.close();
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(end));
  }

  private static void stayUp(Demo demo, PrintWriter out) throws InterruptedException {
    out.println();
    out.println("The gateway stays up until Ctrl-C. To look around, in another terminal:");
    out.println();
    lookAround(demo).lines().forEach(line -> out.println("  " + line));
    out.println();
    out.flush();
    new CountDownLatch(1).await();
  }

  /// Lines for a shell: where everything is, what opens it, and the calls to begin with.
  private static String lookAround(Demo demo) {
    return """
    export CHASQUI=%s ADMIN=%s
    export ADMIN_TOKEN=%s
    export APP_SECRET=%s
    api() { curl -sN -H "Authorization: Bearer $ADMIN_TOKEN" "$ADMIN/api/v1/$1"; }

    ./chasqui simulate --to $CHASQUI/webhooks/whatsapp --secret $APP_SECRET --items 1 --only text
    api 'events?limit=5'           # what came in, newest first
    api 'endpoints'                # the receivers, their state and lane
    api 'deliveries?limit=5'       # what went out, with each attempt
    api 'routes/explain?eventId=…' # who gets an event, and why others do not
    api 'tail'                     # everything as it happens
    """
        .formatted(demo.publicUrl(), demo.adminUrl(), demo.adminToken(), demo.appSecret());
  }
}
