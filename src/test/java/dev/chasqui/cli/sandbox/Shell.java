package dev.chasqui.cli.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs commands in real shells, one each, that hand their variables on.
final class Shell {

  private static final long LIMIT_SECONDS = 120;

  private final Path variables;
  private final Path output;

  /// @param folder for what stands between two commands
  Shell(Path folder, Map<String, String> environment) throws IOException {
    this.variables = folder.resolve("variables");
    this.output = folder.resolve("output");
    StringBuilder text = new StringBuilder();
    environment.forEach((name, value) -> text.append(name + "='" + value + "'\n"));
    Files.writeString(variables, text);
  }

  /// Whether a program is installed.
  static boolean has(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("bash", "-c", "command -v " + program).start().waitFor() == 0;
  }

  /// Runs a command.
  ///
  /// @return what it printed, both channels
  /// @throws AssertionError if it ends with another code than 0, or not in time
  String run(String command) throws IOException, InterruptedException {
    String script =
        "set -a; . '%s'\n%s\ncode=$?\ndeclare -p TOKEN CHANNEL ID 2>/dev/null >>'%s'\nexit $code\n"
            .formatted(variables, command, variables);
    Process process =
        new ProcessBuilder("bash", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end: " + command);
    }
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new AssertionError(command + "\nended with " + process.exitValue() + ": " + printed);
    }
    return printed;
  }
}
