package dev.chasqui.ingress;

import dev.chasqui.dialect.SourceDialects;
import dev.chasqui.http.LoginGuard;
import dev.chasqui.http.server.Request;
import dev.chasqui.model.WorkspaceId;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What all doors have in common: what they know, and whom they tell.
///
/// @param senders the senders other than Meta
/// @param logins whom wrong verify tokens are counted against
public record DoorKeeper(
    Workspaces workspaces, Senders senders, IngressEvents events, LoginGuard logins) {

  /// Doors that count wrong verify tokens by themselves.
  public DoorKeeper(Workspaces workspaces, Senders senders, IngressEvents events) {
    this(
        workspaces,
        senders,
        events,
        new LoginGuard(LoginGuard.Limits.DEFAULT, InstantSource.system()));
  }

  /// Doors for Meta alone.
  public DoorKeeper(Workspaces workspaces, IngressEvents events) {
    this(workspaces, new Senders(SourceAccounts.NONE, SourceDialects.NONE), events);
  }

  /// The senders other than Meta.
  ///
  /// @param dialects those without a dialect here have no door
  /// @param bridges those of fallback channels
  public record Senders(SourceAccounts accounts, SourceDialects dialects, FallbackSenders bridges) {

    /// Without any bridge.
    public Senders(SourceAccounts accounts, SourceDialects dialects) {
      this(accounts, dialects, FallbackSenders.NONE);
    }
  }

  /// The workspace that a request's path names, null if there is none of that name.
  @Nullable WorkspaceId workspace(Request request) {
    String name = request.pathParameters().get("workspace");
    if (name == null) {
      return WorkspaceId.DEFAULT;
    }
    try {
      WorkspaceId workspace = new WorkspaceId(name);
      return workspaces.exists(workspace) ? workspace : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
