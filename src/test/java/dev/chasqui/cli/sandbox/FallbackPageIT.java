package dev.chasqui.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.cli.sandbox.ShellPage.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the commands of docs/fallback-channel.md, in their order, as somebody who reads it would.
class FallbackPageIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int STEPS_AT_LEAST = 20;

  @TempDir private Path folder;

  @Test
  void everyCommandPrintsWhatThePageShows() throws IOException, InterruptedException {
    assumeThat(Shell.has("curl")).as("curl is installed").isTrue();
    ShellPage page = ShellPage.read(Path.of("docs/fallback-channel.md"));
    assertThat(page.steps()).hasSizeGreaterThan(STEPS_AT_LEAST);
    try (Sandbox sandbox = Sandbox.start(folder, Clock.systemUTC(), new Random(4))) {
      Shell shell = new Shell(folder, sandbox.variables());
      for (Step step : page.steps()) {
        take(step, shell);
      }
      assertThat(sandbox.bridge().badlySigned()).isZero();
      assertThat(sandbox.bridge().taken()).hasSize(2);
    }
  }

  private static void take(Step step, Shell shell) throws IOException, InterruptedException {
    String printed = shell.run(step.command());
    long end = System.nanoTime() + LIMIT.toNanos();
    while (step.isLook() && !step.isLike(printed) && System.nanoTime() < end) {
      printed = shell.run(step.command());
    }
    String last = printed;
    assertThat(step).as(() -> "prints:\n" + last).matches(it -> it.isLike(last));
  }
}
