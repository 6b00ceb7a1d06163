package dev.chasqui.ingress;

import dev.chasqui.dialect.SourceDialects;
import dev.chasqui.http.LoginGuard;
import dev.chasqui.http.server.Request;
import dev.chasqui.model.WorkspaceId;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What all sources of webhooks share: the workspaces and senders they look up, and the listener
/// they tell.
///
/// @param senders the senders other than Meta
/// @param logins whom wrong verify tokens are counted against
public record SourceContext(
    Workspaces workspaces, Senders senders, IngressEvents events, LoginGuard logins) {

  /// With a count of wrong verify tokens of its own.
  public SourceContext(Workspaces workspaces, Senders senders, IngressEvents events) {
    this(
        workspaces,
        senders,
        events,
        new LoginGuard(LoginGuard.Limits.DEFAULT, InstantSource.system()));
  }

  /// For Meta's webhooks alone.
  public SourceContext(Workspaces workspaces, IngressEvents events) {
    this(workspaces, new Senders(SourceAccounts.NONE, SourceDialects.NONE), events);
  }

  /// The senders other than Meta.
  ///
  /// @param dialects a sender without a dialect here is not served
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
