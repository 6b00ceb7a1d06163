package dev.chasqui.routing;

import dev.chasqui.model.WorkspaceId;
import org.jspecify.annotations.Nullable;

/// A business phone number that a workspace knows.
///
/// @param id its phone number id
/// @param wabaId the account it belongs to, null if that is not known
public record KnownNumber(WorkspaceId workspace, String id, @Nullable String wabaId) {}
