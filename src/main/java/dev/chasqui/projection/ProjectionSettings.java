package dev.chasqui.projection;

import dev.chasqui.settings.ProjectionKeys;
import dev.chasqui.settings.Settings;
import java.time.Duration;

/// The bounds of the projection.
///
/// @param partition which of the journal's partitions it follows
/// @param reading how much is read and how often
/// @param ledger delays and sizes of the ledger writer
public record ProjectionSettings(int partition, Reading reading, Ledger ledger) {

  /// How much is projected at a time, and how often.
  ///
  /// @param readInterval the least time from one read of the journal to the next, while there is
  ///   work
  /// @param writeMaxDelay how long what is projected waits to be written together with others
  /// @param maxFacts facts in one read; no more are read while so many wait to be written
  /// @param maxBytes bytes of facts in one read, exceeded by at most one fact
  /// @param yieldAbove growth of the journal, in bytes per second, above which the ingress goes
  ///   first
  /// @param slice deliveries in one transaction
  public record Reading(
      Duration readInterval,
      Duration writeMaxDelay,
      int maxFacts,
      int maxBytes,
      long yieldAbove,
      int slice) {
    public Reading {
      requirePositive(maxFacts, "maxFacts");
      requirePositive(maxBytes, "maxBytes");
      requirePositive(slice, "slice");
    }
  }

  /// How the ledger follows.
  ///
  /// @param maxDelay how long the first notification waits to be applied
  /// @param slice notifications in one transaction
  /// @param maxWaiting notifications that may wait in memory; then the projection waits for them
  public record Ledger(Duration maxDelay, int slice, int maxWaiting) {
    public Ledger {
      requirePositive(slice, "slice");
      requirePositive(maxWaiting, "maxWaiting");
    }
  }

  /// As the operator set them.
  public static ProjectionSettings of(Settings settings) {
    return new ProjectionSettings(
        0,
        new Reading(
            settings.get(ProjectionKeys.PROJECTION_READ_INTERVAL),
            settings.get(ProjectionKeys.PROJECTION_WRITE_MAX_DELAY),
            settings.get(ProjectionKeys.PROJECTION_BATCH),
            Math.toIntExact(settings.get(ProjectionKeys.PROJECTION_BYTES)),
            settings.get(ProjectionKeys.PROJECTION_YIELD_ABOVE),
            settings.get(ProjectionKeys.PROJECTION_SLICE)),
        new Ledger(
            settings.get(ProjectionKeys.LEDGER_MAX_DELAY),
            settings.get(ProjectionKeys.LEDGER_SLICE),
            settings.get(ProjectionKeys.LEDGER_MAX_WAITING)));
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more");
    }
  }
}
