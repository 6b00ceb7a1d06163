package dev.chasqui.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a published client in a process of its own, so that what it brings with it meets nothing of
/// ours.
final class ClientProcess {

  private ClientProcess() {}

  /// How a process ended.
  ///
  /// @param status -1 if it had to be ended
  /// @param output what it wrote to either stream
  record Ended(int status, String output) {}

  /// @param folder where it runs
  static Ended run(Path folder, List<String> command, Map<String, String> environment, long minutes)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "run", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean hasEnded = process.waitFor(minutes, TimeUnit.MINUTES);
    if (!hasEnded) {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    Files.delete(output);
    return hasEnded ? new Ended(process.exitValue(), text) : new Ended(-1, "endless: " + text);
  }
}
