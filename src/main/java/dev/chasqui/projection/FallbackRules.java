package dev.chasqui.projection;

import dev.chasqui.model.WorkspaceId;

/// What operators set of fallback channels, as far as the ledger must know it. Asked for each item:
/// it must answer from memory.
public interface FallbackRules {

  /// There is no fallback channel.
  FallbackRules NONE =
      new FallbackRules() {
        @Override
        public boolean isWatched(WorkspaceId workspace) {
          return false;
        }

        @Override
        public int errorThreshold(WorkspaceId workspace, String phoneNumberId) {
          return 0;
        }
      };

  /// Whether any phone number of a workspace has a fallback channel.
  boolean isWatched(WorkspaceId workspace);

  /// How many failures in a row are too many for a phone number, 0 if it has no fallback channel.
  int errorThreshold(WorkspaceId workspace, String phoneNumberId);
}
