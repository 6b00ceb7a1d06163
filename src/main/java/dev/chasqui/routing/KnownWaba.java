package dev.chasqui.routing;

import dev.chasqui.model.WorkspaceId;

/// A WhatsApp Business Account that a workspace knows.
///
/// @param unsubscribed whether the application's subscription to it was taken back: then its
///   changes go to no callback
public record KnownWaba(WorkspaceId workspace, String id, boolean unsubscribed) {}
