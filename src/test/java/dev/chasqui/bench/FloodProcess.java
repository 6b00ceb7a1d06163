package dev.chasqui.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A flood in a process of its own that takes one processor at most, so that it shares nothing with
/// the gateway and the callers but the machine.
final class FloodProcess implements AutoCloseable {

  private final Process process;

  private FloodProcess(Process process) {
    this.process = process;
  }

  /// @param kinds names of what it does
  static FloodProcess start(URI target, List<String> kinds) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xmx64m", "-Djdk.virtualThreadScheduler.parallelism=1"));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "dev.chasqui.app.Flood",
            target.toString()));
    command.addAll(kinds);
    return new FloodProcess(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  /// Ends it.
  ///
  /// @return what it says that it did
  String end() throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
