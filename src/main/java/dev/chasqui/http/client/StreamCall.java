package dev.chasqui.http.client;

import dev.chasqui.http.Pieces;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request whose body and answer go piece by piece.
///
/// @param headers sent as they are spelled
/// @param upload its body, null for none
public record StreamCall(
    String method, URI url, Map<String, String> headers, @Nullable Upload upload, Bounds bounds) {

  public StreamCall {
    headers = Map.copyOf(headers);
  }

  /// A body to send.
  ///
  /// @param length in bytes, negative if it is not known: then it is sent in chunks
  public record Upload(long length, Pieces pieces) {}

  /// How long and how large it may be.
  ///
  /// @param deadline for all of it: from resolving to the end of the answer
  /// @param stall how long the receiver may move nothing while we wait for it
  /// @param maxAnswerBytes over it the answer breaks
  public record Bounds(Duration deadline, Duration stall, long maxAnswerBytes) {}
}
