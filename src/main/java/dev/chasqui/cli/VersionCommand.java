package dev.chasqui.cli;

import dev.chasqui.model.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(line());
    return 0;
  }

  static String line() {
    return "chasqui " + Version.VALUE + " (Java " + Runtime.version() + ")";
  }
}
