package dev.chasqui.cli.child;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command of this program in a Java process of its own, with the flags of this one. It is taken
/// to be ready once it has printed the line `chasqui ready …` of the launcher's contract.
public final class ChildProcess implements AutoCloseable {

  private static final String MAIN = "dev.chasqui.cli.Main";
  private static final Pattern READY =
      Pattern.compile("chasqui ready public=(\\S+) admin=(\\S+) pid=([0-9]+)");
  private static final Duration STOP = Duration.ofSeconds(45);

  private final Process process;
  private final Ready ready;

  private ChildProcess(Process process, Ready ready) {
    this.process = process;
    this.ready = ready;
    // A child must not outlive a parent that is told to end.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
  }

  /// The program to start.
  ///
  /// @param flags flags for Java beside those of this process
  /// @param arguments the command and its arguments
  /// @param environment beside that of this process
  /// @param log where its standard error goes
  /// @param limit how long it may take to be ready
  public record Start(
      List<String> flags,
      List<String> arguments,
      Map<String, String> environment,
      Path log,
      Duration limit) {
    public Start {
      flags = List.copyOf(flags);
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }
  }

  /// What the line said.
  ///
  /// @param after from the start of the process to the line
  public record Ready(URI publicUrl, URI adminUrl, Duration after) {}

  /// Starts it and waits until it is ready.
  ///
  /// @throws ChildException if it ends or takes too long before it is
  public static ChildProcess start(Start start) throws InterruptedException {
    long began = System.nanoTime();
    Process process = launch(start);
    CompletableFuture<Matcher> line = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> read(process, line));
    try {
      Matcher found = line.get(start.limit().toMillis(), TimeUnit.MILLISECONDS);
      Duration after = Duration.ofNanos(System.nanoTime() - began);
      Ready ready = new Ready(URI.create(found.group(1)), URI.create(found.group(2)), after);
      return new ChildProcess(process, ready);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new ChildException("it did not start; " + start.log() + " says why", e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  public Ready ready() {
    return ready;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Ends it with SIGKILL and waits until it is gone.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// Ends it with SIGTERM, and with force if it takes too long.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static Process launch(Start start) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ownFlags());
    command.addAll(start.flags());
    command.addAll(program());
    command.addAll(start.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(start.log().toFile());
    builder.environment().putAll(start.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ChildException("cannot start " + command.getFirst(), e);
    }
  }

  /// As a jar, where this process runs from one: its manifest says what a flag would say otherwise,
  /// and with that flag the JVM would not use the launcher's AOT cache.
  private static List<String> program() {
    String classPath = System.getProperty("java.class.path");
    boolean isJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
    return isJar
        ? List.of("-jar", classPath)
        : List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath, MAIN);
  }

  /// Those of this process that are about memory and the machine, not about what runs in it.
  private static List<String> ownFlags() {
    List<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments();
    List<String> flags = new ArrayList<>();
    own.stream()
        .filter(flag -> flag.startsWith("-X") || flag.startsWith("--sun-misc"))
        .forEach(flags::add);
    return flags;
  }

  /// Reads to the end, so that the process never waits for a full pipe.
  private static void read(Process process, CompletableFuture<Matcher> ready) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = READY.matcher(line);
        if (matcher.find()) {
          ready.complete(matcher);
        }
      }
      ready.completeExceptionally(new IOException("it ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }
}
