package dev.chasqui.cli;

import dev.chasqui.observe.HeldElsewhereException;
import dev.chasqui.settings.SettingsException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;

/// The program `chasqui`. Exit codes: 0 done, 1 the work failed, 2 wrong use or settings, 70 a dead
/// loop or a broken invariant, 78 another process holds the data directory or the schema; each with
/// one line that says what to do.
@Command(
    name = "chasqui",
    description = "A self-hosted WhatsApp webhook gateway.",
    synopsisSubcommandLabel = "COMMAND",
    footer = "  test              Builds everything and runs all tests (./chasqui test).",
    subcommands = {
      ServeCommand.class,
      VersionCommand.class,
      DemoCommand.class,
      BenchCommand.class,
      BenchNoopCommand.class,
      SandboxCommand.class,
      SimulateCommand.class,
      VerifySignatureCommand.class,
      WarmUpCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {

  private static final int HELP_WIDTH = 100;

  private Main() {}

  /// Runs a command and ends the process with its exit code.
  public static void main(String... arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    String[] words = arguments.length == 0 ? new String[] {"help"} : arguments;
    CommandLine program = new CommandLine(new Main()).setUsageHelpWidth(HELP_WIDTH);
    withHelp(program);
    program.getSubcommands().values().forEach(Main::withHelp);
    return program
        .setExecutionExceptionHandler(failure())
        .setParameterExceptionHandler(Main::wrongUse)
        .execute(words);
  }

  /// Gives a command `--help` and `--version`; the command `help` has its own.
  private static void withHelp(CommandLine command) {
    if (!(command.getCommand() instanceof CommandLine.HelpCommand)) {
      command.getCommandSpec().mixinStandardHelpOptions(true).version(VersionCommand.line());
    }
  }

  private static IExecutionExceptionHandler failure() {
    return (exception, command, parsed) -> {
      PrintWriter err = command.getErr();
      if (exception instanceof SettingsException) {
        message(exception).lines().forEach(line -> err.println("chasqui: " + line));
        err.println("chasqui: docs/settings.md lists all settings");
        return 2;
      }
      err.println("chasqui: " + message(exception));
      return exception instanceof HeldElsewhereException ? HeldElsewhereException.EXIT_CODE : 1;
    };
  }

  private static String message(Exception exception) {
    String message = exception.getMessage();
    return message == null ? exception.toString() : message;
  }

  private static int wrongUse(ParameterException exception, String... arguments) {
    CommandLine command = exception.getCommandLine();
    command.getErr().println("chasqui: " + exception.getMessage());
    command
        .getErr()
        .println("chasqui: see ./chasqui help " + command.getCommandName().replace("chasqui", ""));
    return 2;
  }
}
