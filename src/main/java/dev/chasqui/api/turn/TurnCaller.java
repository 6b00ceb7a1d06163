package dev.chasqui.api.turn;

import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Caller;

/// The caller: the owner of a token of one phone number. Turn's calls name no number; the token
/// does.
///
/// @param kind `API` or `JOURNEY`
public record TurnCaller(
    WorkspaceId workspace, String phoneNumberId, Caller.Kind kind, TokenId token) {}
