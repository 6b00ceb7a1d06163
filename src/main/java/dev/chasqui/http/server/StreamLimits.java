package dev.chasqui.http.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How large, how long and how slow an exchange may be whose body or answer goes piece by piece.
///
/// @param maxBodyBytes of the request; over it reading fails
/// @param total from the end of the headers to the end of the answer, null for no limit
/// @param stall how long the caller may move nothing while we wait for it: send nothing that we
///   want to read, or take nothing of what we wrote
public record StreamLimits(long maxBodyBytes, @Nullable Duration total, Duration stall) {

  public StreamLimits {
    if (maxBodyBytes < 0 || !stall.isPositive() || (total != null && !total.isPositive())) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
