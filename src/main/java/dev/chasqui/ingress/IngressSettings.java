package dev.chasqui.ingress;

import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import java.util.Set;

/// Limits and rules of the ingress.
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
  /// @param byDeliveryId whether other bytes with a delivery id that came before are a repeat
  public record Dedup(int window, long refillBytes, boolean byDeliveryId) {

    /// By bytes alone.
    public Dedup(int window, long refillBytes) {
      this(window, refillBytes, false);
    }
  }

  /// Limits on requests that fail verification.
  ///
  /// @param burst per source address at once
  /// @param perMinute per source address afterwards
  /// @param storedPerMinute from all addresses together
  /// @param retryAfter what a 429 tells the sender
  /// @param bytes the same in bytes, and how many are kept
  public record GuardLimits(
      int burst, int perMinute, int storedPerMinute, Duration retryAfter, ByteLimits bytes) {}

  /// Limits on the bytes of requests that fail verification.
  ///
  /// @param burst per source address at once
  /// @param perMinute per source address afterwards
  /// @param storedPerMinute from all addresses together
  /// @param kept in the journal
  /// @param diskRoom what must be free for others, beyond the journal's reserve
  public record ByteLimits(
      long burst, long perMinute, long storedPerMinute, long kept, long diskRoom) {

    /// 8 MiB, 8 MiB, 32 MiB, 1 GiB, 512 MiB.
    public static final ByteLimits DEFAULT =
        new ByteLimits(8L << 20, 8L << 20, 32L << 20, 1L << 30, 512L << 20);
  }
}
