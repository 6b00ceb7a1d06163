package dev.chasqui.cli;

import dev.chasqui.app.Gateway;
import dev.chasqui.app.Logging;
import dev.chasqui.settings.HostKeys;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.Settings;
import dev.chasqui.settings.SettingsLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs the gateway until SIGTERM or SIGINT.
@Command(
    name = "serve",
    description = "Runs the gateway. Prints one line when it can take traffic.",
    footer = {
      "Every setting can stand in the file or in the environment (CHASQUI_ and its name in",
      "upper snake case); docs/settings.md lists all with their defaults."
    })
final class ServeCommand implements Callable<Integer> {

  private static final Path USUAL_FILE = Path.of("chasqui.yaml");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The file of settings (default: ./chasqui.yaml if there is one).")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder of journal, embedded store and keys (default: data).")
  private @Nullable String data;

  @Option(
      names = "--public",
      paramLabel = "HOST:PORT",
      description = "The public listener, for webhooks (default: 127.0.0.1:8080).")
  private @Nullable String publicAddress;

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      description = "The admin listener, for operators (default: 127.0.0.1:8081).")
  private @Nullable String adminAddress;

  @Option(
      names = "--accept-lost-journal",
      description =
          "Start although the store is ahead of the journal: records were lost, and what is still"
              + " owed of them is not delivered.")
  private boolean acceptLostJournal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Logging.setUp();
    Settings settings = settings();
    Gateway gateway = Gateway.start(settings, System.getenv());
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(gateway)));
    spec.commandLine().getOut().println(gateway.readyLine());
    spec.commandLine().getOut().flush();
    new CountDownLatch(1).await();
    return 0;
  }

  /// Ends the process in order. A signal would make the JVM's exit code 128 and its number, but a
  /// stop that went well is no failure.
  private static void stop(Gateway gateway) {
    gateway.close();
    Runtime.getRuntime().halt(0);
  }

  private Settings settings() {
    SettingsLoader loader = new SettingsLoader(System.getenv());
    if (config != null) {
      loader.file(config);
    } else if (Files.exists(USUAL_FILE)) {
      loader.file(USUAL_FILE);
    }
    Map<String, String> flags = new LinkedHashMap<>();
    put(flags, Keys.DATA.name(), data);
    put(flags, Keys.PUBLIC_ADDRESS.name(), publicAddress);
    put(flags, Keys.ADMIN_ADDRESS.name(), adminAddress);
    put(flags, HostKeys.JOURNAL_ACCEPT_LOST.name(), acceptLostJournal ? "true" : null);
    return loader.flags(flags).load();
  }

  private static void put(Map<String, String> flags, String name, @Nullable String text) {
    if (text != null) {
      flags.put(name, text);
    }
  }
}
