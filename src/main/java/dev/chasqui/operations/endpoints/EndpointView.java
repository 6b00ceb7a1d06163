package dev.chasqui.operations.endpoints;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.operations.shape.OmitNull;
import dev.chasqui.operations.shape.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An endpoint with its health and what it is owed. Secrets are not told.
public record EndpointView(
    EndpointId id,
    WorkspaceId workspace,
    Endpoint.Role role,
    @Flat EndpointSettings settings,
    @Flat Doing doing,
    @Doc("Words of its filters that are not known, which may be misspelt.") @OmitNull
        @Nullable List<Warning> warnings,
    @Doc("What deliveries are signed with, told this once.") @OmitNull @Nullable String secret) {

  /// How it does.
  public record Doing(
      @Doc("How many secrets are valid: two during a rotation.") int secrets,
      @Words({"healthy", "degraded", "failing", "paused", "disabled", "removed"}) String state,
      Lane lane,
      @Doc("The response time that decided the lane, milliseconds; null if there is none yet.")
          @Nullable Long lastSampleMillis,
      @Doc("Why it is in its lane.") String laneReason,
      @Doc("How many deliveries wait.") long backlog,
      @Doc("For how long the oldest of them has been due; null if none waits.")
          @Nullable Long oldestDueSeconds) {}

  /// A word that may be misspelt.
  public record Warning(String path, String reason) {}

  static EndpointView of(Endpoint endpoint, Doing doing) {
    return new EndpointView(
        endpoint.id(),
        endpoint.workspace(),
        endpoint.role(),
        EndpointSettings.told(endpoint),
        doing,
        null,
        null);
  }

  EndpointView warned(List<Warning> all) {
    return new EndpointView(id, workspace, role, settings, doing, all, secret);
  }

  EndpointView withSecret(String told) {
    return new EndpointView(id, workspace, role, settings, doing, warnings, told);
  }
}
