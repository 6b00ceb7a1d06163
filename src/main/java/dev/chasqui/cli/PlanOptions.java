package dev.chasqui.cli;

import dev.chasqui.sim.SendMany;
import dev.chasqui.sim.TrafficPlan;
import picocli.CommandLine.Option;

/// The knobs of simulated traffic.
final class PlanOptions {

  @Option(
      names = "--items",
      paramLabel = "N",
      defaultValue = "100",
      description = "Messages, statuses and changes to send (default ${DEFAULT-VALUE}).")
  private int items = 100;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Items in one request, 1 to 1000 (default ${DEFAULT-VALUE}).")
  private int batch = 1;

  @Option(
      names = "--duplicates",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of the requests sent twice, 0 to 1 (default ${DEFAULT-VALUE}).")
  private double duplicates;

  @Option(
      names = "--reordered",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of the requests sent out of order (default ${DEFAULT-VALUE}).")
  private double reordered;

  @Option(
      names = "--forged",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Further requests with a bad signature, as a share (default ${DEFAULT-VALUE}).")
  private double forged;

  @Option(
      names = "--unknown",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of the items of unknown kinds (default ${DEFAULT-VALUE}).")
  private double unknown;

  @Option(
      names = "--hidden",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Share of the items whose user shows no phone number (default ${DEFAULT-VALUE}).")
  private double hidden;

  @Option(
      names = "--burst",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Send this many requests at once, then pause a second; 0: no pauses (default"
              + " ${DEFAULT-VALUE}).")
  private int burst;

  /// @throws IllegalArgumentException if a number is out of its range
  TrafficPlan toPlan() {
    return new TrafficPlan(items, batch, duplicates, reordered, forged, unknown, hidden);
  }

  SendMany.Bursts bursts() {
    return burst <= 0 ? SendMany.Bursts.NONE : SendMany.Bursts.of(burst);
  }
}
