package dev.chasqui.store;

import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The fallback channels of phone numbers. Each change is on disk before the call returns and
/// counts [ResourceStore#version()] up. Secrets and uuids are sealed at rest.
public interface FallbackStore {

  /// Runs a change that reads before it writes, with no other change of these resources between:
  /// what it reads here is still so when it writes. It should do nothing else, no network above
  /// all.
  <T extends @Nullable Object, E extends Exception> T inOneStep(OneStep.Change<T, E> change)
      throws E;

  /// All channels of all workspaces, by workspace and phone number.
  List<FallbackChannel> fallbackChannels();

  /// The channel of a phone number, empty if it has none.
  Optional<FallbackChannel> fallbackChannel(WorkspaceId workspace, String phoneNumberId);

  /// Adds a channel, or replaces the one of the same phone number.
  void putFallbackChannel(FallbackChannel channel);

  /// Deletes a channel with its secrets and uuids.
  ///
  /// @return false if there was none
  boolean deleteFallbackChannel(WorkspaceId workspace, String phoneNumberId);
}
