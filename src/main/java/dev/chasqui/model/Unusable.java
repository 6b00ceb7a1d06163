package dev.chasqui.model;

/// A resource in the store that cannot be used: it is left out or switched off, and all else goes
/// on.
///
/// @param resource its kind and id, for example `endpoint ep_…`; never a value of it
/// @param reason what is wrong, without the value
public record Unusable(WorkspaceId workspace, String resource, String reason) {}
