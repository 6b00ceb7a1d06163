package dev.chasqui.cli;

import dev.chasqui.app.Gateway;
import dev.chasqui.settings.Settings;
import dev.chasqui.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Starts a gateway on scratch data and ends it. The launcher runs this once after a build, so that
/// the JVM can note what it loads (JEP 514) and later starts are quick.
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {

  private static final String FREE_PORT = "127.0.0.1:0";

  @Override
  public Integer call() throws IOException {
    Path scratch = Files.createTempDirectory("chasqui-warm-up");
    Map<String, String> flags =
        Map.of(
            "data",
            scratch.toString(),
            "public.address",
            FREE_PORT,
            "admin.address",
            FREE_PORT,
            "admin.token",
            "warm-up");
    Settings settings = new SettingsLoader(Map.of()).flags(flags).load();
    try (Gateway gateway = Gateway.start(settings, Map.of())) {
      return gateway.readyLine().isEmpty() ? 1 : 0;
    } finally {
      delete(scratch);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
