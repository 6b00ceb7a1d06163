package dev.chasqui.operations.endpoints;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Access;
import dev.chasqui.model.Endpoint.Identity;
import dev.chasqui.model.Endpoint.Role;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import java.util.Map;

/// Makes endpoints of drafts and of other endpoints.
final class EndpointChanges {

  private EndpointChanges() {}

  static Endpoint created(
      EndpointId id, WorkspaceId workspace, EndpointBody.Draft draft, String secret) {
    Identity identity =
        new Identity(id, workspace, draft.name(), draft.dialect().name(), Switch.ON);
    return of(identity, Role.SUBSCRIBER, draft, new Access(List.of(secret), Map.of()));
  }

  /// What PATCH made of an endpoint; who it is and its secrets stay.
  static Endpoint patched(Endpoint old, EndpointBody.Draft draft) {
    Identity was = old.identity();
    Identity identity =
        new Identity(was.id(), was.workspace(), draft.name(), was.dialect(), was.switched());
    return of(identity, old.role(), draft, old.access());
  }

  /// @param access what of it a draft cannot say
  private static Endpoint of(
      Identity identity, Role role, EndpointBody.Draft draft, Access access) {
    return new Endpoint(
        identity,
        role,
        draft.url(),
        draft.scope(),
        draft.interest(),
        new Access(access.secrets(), draft.rest().headers(), access.account(), draft.rest().tls()),
        draft.rest().policy());
  }
}
