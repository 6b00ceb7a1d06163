package dev.chasqui.api.graph;

import dev.chasqui.model.Url;
import dev.chasqui.operations.Handshake;
import dev.chasqui.outbound.Sender;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at a callback before it is taken: its form, its address, and its handshake, which is held
/// inside the call.
final class CallbackCheck {

  /// The longest URL that an override may have.
  static final int MAX_OVERRIDE = 200;

  /// The longest URL that the application's callback may have.
  static final int MAX_APPLICATION = 2_048;

  private final Sender sender;
  private final Handshake handshake;

  CallbackCheck(Sender sender, Handshake handshake) {
    this.sender = sender;
    this.handshake = handshake;
  }

  /// A callback that someone wants to set.
  ///
  /// @param parameter what its URL is called in the call
  record Wanted(String parameter, String url, @Nullable String verifyToken, int maxLength) {}

  /// Looks at form and address; asks nobody.
  ///
  /// @throws GraphException 100 if anything is wrong
  URI check(Wanted wanted) throws InterruptedException {
    if (wanted.url().length() > wanted.maxLength()) {
      throw GraphException.parameter(
          "Param " + wanted.parameter() + " must be at most " + wanted.maxLength() + " characters");
    }
    if (wanted.verifyToken() == null || wanted.verifyToken().isEmpty()) {
      throw GraphException.parameter("Param verify_token is required");
    }
    URI url = parse(wanted);
    if (!Handshake.fits(url, wanted.verifyToken())) {
      throw GraphException.parameter(
          "Param verify_token is too long: the handshake's URL, in which it stands, may have "
              + Handshake.MAX_URL
              + " characters");
    }
    Optional<String> objection = sender.objection(url);
    if (objection.isPresent()) {
      throw GraphException.parameter("Param " + wanted.parameter() + ": " + objection.get());
    }
    return url;
  }

  /// Holds the handshake.
  ///
  /// @throws GraphException 2200 if the callback does not pass
  void shakeHands(URI url, @Nullable String verifyToken) {
    Optional<String> failure = handshake.failure(url, verifyToken == null ? "" : verifyToken);
    if (failure.isPresent()) {
      throw GraphException.verification(failure.get());
    }
  }

  private static URI parse(Wanted wanted) {
    try {
      URI url = Url.parse(wanted.url());
      String scheme = url.getScheme();
      boolean isHttp = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      if (isHttp && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw GraphException.parameter("Param " + wanted.parameter() + " must be a valid URL");
    }
    throw GraphException.parameter(
        "Param " + wanted.parameter() + " must be an absolute http or https URL");
  }
}
