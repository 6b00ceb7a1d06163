package dev.chasqui.cli;

import dev.chasqui.sim.Sending;
import dev.chasqui.sim.TrafficPlan;
import picocli.CommandLine.Option;

/// The knobs of simulated traffic.
final class PlanOptions {

  @Option(names = "--items", defaultValue = "100", description = "Messages, statuses, changes.")
  private int items = 100;

  @Option(names = "--batch", defaultValue = "1", description = "Items in a request, to 1000.")
  private int batch = 1;

  @Option(names = "--duplicates", defaultValue = "0", description = "Share sent again, 0 to 1.")
  private double duplicates;

  @Option(names = "--reordered", defaultValue = "0", description = "Share sent out of order.")
  private double reordered;

  @Option(names = "--forged", defaultValue = "0", description = "Share with a bad signature.")
  private double forged;

  @Option(names = "--unknown", defaultValue = "0", description = "Share of unknown kinds.")
  private double unknown;

  @Option(names = "--hidden", defaultValue = "0", description = "Share with BSUID only.")
  private double hidden;

  @Option(
      names = "--burst",
      defaultValue = "0",
      description = "Requests at once, then a second of silence; 0 for none.")
  private int burst;

  /// @throws IllegalArgumentException if a number is out of its range
  TrafficPlan toPlan() {
    return new TrafficPlan(items, batch, duplicates, reordered, forged, unknown, hidden);
  }

  Sending.Bursts bursts() {
    return burst <= 0 ? Sending.Bursts.NONE : Sending.Bursts.of(burst);
  }
}
