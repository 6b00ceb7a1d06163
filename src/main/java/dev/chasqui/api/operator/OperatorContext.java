package dev.chasqui.api.operator;

import dev.chasqui.model.IdSource;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Secrets;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.Store;
import java.time.Clock;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// What the operator's interface stands on.
///
/// @param resources what operators set: the store's, or something in front of it
/// @param workspaces whether a workspace exists
/// @param random where secrets, tokens and challenges come from; must be hard to guess
public record OperatorContext(
    Store store,
    ResourceStore resources,
    Secrets secrets,
    Predicate<WorkspaceId> workspaces,
    IdSource ids,
    RandomGenerator random,
    Clock clock) {}
