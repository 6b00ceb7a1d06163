package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.WorkspaceId;

/// Where webhooks come in.
record WorkspaceSource(WorkspaceId workspace, String source) {

  /// The one that an alert is about.
  static WorkspaceSource of(Alert alert) {
    return new WorkspaceSource(
        alert.workspace(), alert.words().details().getOrDefault("source", alert.subject()));
  }

  @Override
  public String toString() {
    return workspace.value() + "/" + source;
  }
}
