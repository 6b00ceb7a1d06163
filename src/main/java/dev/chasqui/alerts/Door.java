package dev.chasqui.alerts;

import dev.chasqui.model.WorkspaceId;

/// Where webhooks come in.
record Door(WorkspaceId workspace, String source) {

  @Override
  public String toString() {
    return workspace.value() + "/" + source;
  }
}
