package dev.chasqui.ingress;

import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import java.util.Set;

/// How the door is kept.
///
/// @param maxBodyBytes the largest webhook; over it 413
/// @param rejectInvalid sources that answer 401 to a bad signature
/// @param mock workspaces that process webhooks without a valid signature
/// @param dedup how many recent bodies are known, and how much of the journal fills them again
/// @param guard how much unverified traffic is taken
public record IngressSettings(
    int maxBodyBytes,
    Set<String> rejectInvalid,
    Set<WorkspaceId> mock,
    Dedup dedup,
    GuardLimits guard) {

  public IngressSettings {
    rejectInvalid = Set.copyOf(rejectInvalid);
    mock = Set.copyOf(mock);
  }

  /// The window of recent bodies.
  ///
  /// @param window bodies known
  /// @param refillBytes of the journal's tail that fill the window again at start
  public record Dedup(int window, long refillBytes) {}

  /// Limits on requests that fail verification.
  ///
  /// @param burst per source address at once
  /// @param perMinute per source address afterwards
  /// @param storedPerMinute from all addresses together
  /// @param retryAfter what a 429 tells the sender
  public record GuardLimits(int burst, int perMinute, int storedPerMinute, Duration retryAfter) {}
}
