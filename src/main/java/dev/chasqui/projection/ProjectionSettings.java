package dev.chasqui.projection;

import dev.chasqui.settings.ProjectionKeys;
import dev.chasqui.settings.Settings;
import java.time.Duration;

/// The bounds of the projection.
///
/// @param partition which of the journal's partitions it follows
/// @param reading how much is read and how often
/// @param folding how the ledger follows
public record ProjectionSettings(int partition, Reading reading, Folding folding) {

  /// How much is projected at a time, and how often.
  ///
  /// @param look the least time from one read of the journal to the next, while there is work
  /// @param pace how long what is projected waits to be written together with others
  /// @param maxFacts facts in one read; no more are read while so many wait to be written
  /// @param maxBytes bytes of facts in one read, exceeded by at most one fact
  /// @param yieldAbove growth of the journal, in bytes per second, above which the doors go first
  /// @param slice deliveries in one transaction
  public record Reading(
      Duration look, Duration pace, int maxFacts, int maxBytes, long yieldAbove, int slice) {
    public Reading {
      requirePositive(maxFacts, "maxFacts");
      requirePositive(maxBytes, "maxBytes");
      requirePositive(slice, "slice");
    }
  }

  /// How the ledger follows.
  ///
  /// @param every how long the first notification waits to be folded
  /// @param slice notifications in one transaction
  /// @param maxWaiting notifications that may wait in memory; then the projection waits for them
  public record Folding(Duration every, int slice, int maxWaiting) {
    public Folding {
      requirePositive(slice, "slice");
      requirePositive(maxWaiting, "maxWaiting");
    }
  }

  /// As the operator set them.
  public static ProjectionSettings of(Settings settings) {
    return new ProjectionSettings(
        0,
        new Reading(
            settings.get(ProjectionKeys.PROJECTION_LOOK),
            settings.get(ProjectionKeys.PROJECTION_PACE),
            settings.get(ProjectionKeys.PROJECTION_BATCH),
            Math.toIntExact(settings.get(ProjectionKeys.PROJECTION_BYTES)),
            settings.get(ProjectionKeys.PROJECTION_YIELD_ABOVE),
            settings.get(ProjectionKeys.PROJECTION_SLICE)),
        new Folding(
            settings.get(ProjectionKeys.FOLD_EVERY),
            settings.get(ProjectionKeys.FOLD_SLICE),
            settings.get(ProjectionKeys.FOLD_MAX_WAITING)));
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more");
    }
  }
}
