package dev.chasqui.bench;

import java.nio.file.Path;
import java.time.Duration;

/// How long everything takes.
///
/// @param warmUp before each measurement, not counted; a cold JIT still takes part of a processor
///   after 20 s
/// @param run one measurement
/// @param round one of several short measurements in turns
/// @param sustained the long run at a fixed rate
/// @param sustainedRate its events per second
/// @param backlog deliveries owed to the receiver that is down
/// @param work where data directories are made
public record BenchPlan(
    Duration warmUp,
    Duration run,
    Duration round,
    Duration sustained,
    int sustainedRate,
    int backlog,
    Path work) {

  /// For figures that are to be believed.
  public static BenchPlan full(int sustainedRate, int backlog, Path work) {
    return new BenchPlan(
        Duration.ofSeconds(45),
        Duration.ofSeconds(15),
        Duration.ofSeconds(8),
        Duration.ofSeconds(60),
        sustainedRate,
        backlog,
        work);
  }

  /// For seeing that it works.
  public static BenchPlan quick(int sustainedRate, int backlog, Path work) {
    return new BenchPlan(
        Duration.ofSeconds(4),
        Duration.ofSeconds(4),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        sustainedRate,
        backlog,
        work);
  }
}
