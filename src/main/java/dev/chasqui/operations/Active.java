package dev.chasqui.operations;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A secret that is valid now; never printed.
///
/// @param since when it was set, null for one of the environment
/// @param until when it ends, null for the current one
public record Active(
    WorkspaceId workspace,
    String name,
    String value,
    @Nullable Instant since,
    @Nullable Instant until) {

  static Active stored(ResourceStore.Secret secret) {
    return new Active(
        secret.workspace(), secret.name(), secret.value(), secret.since(), secret.until());
  }

  static Active ofEnvironment(String name, String value) {
    return new Active(WorkspaceId.DEFAULT, name, value, null, null);
  }

  /// Whether it comes from the environment.
  public boolean isOfEnvironment() {
    return since == null;
  }

  @Override
  public String toString() {
    return "Active[" + workspace + " " + name + "]";
  }
}
