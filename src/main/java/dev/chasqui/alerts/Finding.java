package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.WorkspaceId;
import java.time.Duration;

/// Something that is the matter now, as a watch sees it.
///
/// @param condition what is the matter, in the kind's own word
/// @param hold how long it must be the matter before it is worth an alert
record Finding(
    WorkspaceId workspace, Topic topic, String condition, Alert.Words words, Duration hold) {

  /// The subject of findings and alerts; one alert of each kind and subject is open at a time.
  record Topic(Alert.Kind kind, String subject) {
    static Topic of(Alert alert) {
      return new Topic(alert.kind(), alert.subject());
    }
  }

  /// That an open alert still holds.
  static Finding still(Alert alert) {
    return new Finding(
        alert.workspace(), Topic.of(alert), alert.condition(), alert.words(), Duration.ZERO);
  }
}
