package dev.chasqui.routing;

import dev.chasqui.model.WorkspaceId;
import java.util.Set;

/// A WhatsApp Business Account that a workspace knows.
///
/// @param unsubscribed whether the application's subscription to it was taken back: then its
///   changes go to no callback
/// @param fields those of its changes that the application's callback gets; empty for all
public record KnownWaba(
    WorkspaceId workspace, String id, boolean unsubscribed, Set<String> fields) {

  public KnownWaba {
    fields = Set.copyOf(fields);
  }

  /// An account whose callback gets all fields.
  public KnownWaba(WorkspaceId workspace, String id, boolean unsubscribed) {
    this(workspace, id, unsubscribed, Set.of());
  }
}
