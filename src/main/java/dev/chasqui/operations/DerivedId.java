package dev.chasqui.operations;

import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Ulid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// Ids of endpoints of which there is one for each place: they follow from what names the place.
final class DerivedId {

  private DerivedId() {}

  /// The id of a place.
  ///
  /// @param parts what names it, without line ends
  static EndpointId of(List<String> parts) {
    ByteBuffer hash = ByteBuffer.wrap(sha256(String.join("\n", parts)));
    // No time: the id says of itself that it follows from a place.
    return new EndpointId(new Ulid(hash.getShort() & 0xFFFF, hash.getLong()));
  }

  private static byte[] sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
