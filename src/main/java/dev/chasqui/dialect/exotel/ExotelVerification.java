package dev.chasqui.dialect.exotel;

import dev.chasqui.dialect.exotel.ExotelDocument.Read;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import org.jspecify.annotations.Nullable;

/// Exotel's verification by POST: a body of type `verification` with a challenge that the answer
/// repeats. It is found under `type` or `event`.
///
/// @param challenge what is to be repeated
/// @param verifyToken the token that proves who asks, null if there is none
public record ExotelVerification(String challenge, @Nullable String verifyToken) {

  /// A larger body is no verification, and not looked into.
  public static final int MAX_BYTES = 8 << 10;

  /// The verification that a body asks for, null if it is none.
  public static @Nullable ExotelVerification of(Bytes body, @Nullable String contentType) {
    if (body.length() > MAX_BYTES
        || !(ExotelDocument.read(body, contentType) instanceof Read.Document(Bytes value))) {
      return null;
    }
    RawObject members = RawObject.of(value);
    boolean isVerification =
        "verification".equals(members.scalar("type"))
            || "verification".equals(members.scalar("event"));
    String challenge = members.scalar("challenge");
    return isVerification && challenge != null
        ? new ExotelVerification(challenge, members.scalar("verify_token"))
        : null;
  }

  @Override
  public String toString() {
    return "ExotelVerification";
  }
}
