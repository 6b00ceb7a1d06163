package dev.chasqui.operations;

import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import org.jspecify.annotations.Nullable;

/// Who is calling a management surface, as its token tells.
///
/// @param phoneNumberId the number that an `api` or `journey` token is for, null otherwise
/// @param token which token of Chasqui it is, null for a workspace's own `meta-access-token` and
///   its application
public record Caller(
    WorkspaceId workspace, Kind kind, @Nullable String phoneNumberId, @Nullable TokenId token) {

  /// What a token is for.
  public enum Kind {
    /// May do everything.
    ADMIN,
    /// May read.
    VIEWER,
    /// Sends messages and manages callbacks.
    API,
    /// Sends messages in the name of a journey.
    JOURNEY,
    /// The workspace's own `meta-access-token`.
    META,
    /// The application with its id and secret: manages callbacks.
    APP
  }

  /// Whether the caller may ask about a workspace at all. A token of the default workspace is the
  /// operator's and reaches every workspace; another one only reaches its own.
  public boolean reaches(WorkspaceId other) {
    return workspace.equals(other) || workspace.equals(WorkspaceId.DEFAULT);
  }
}
