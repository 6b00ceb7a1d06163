package dev.chasqui.operations;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.Tls;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// The way out that the management surfaces need: the handshake's GET and the check of an address.
/// `app` leads it to the sender, so that a handshake is held to the same addresses, deadlines and
/// limits as a delivery.
public interface Outlet {

  /// Sends one GET and waits for its answer; what the receiver does is the result.
  ///
  /// @param deadline for all of it
  /// @param keepBytes how much of the answer's body to return
  SendResult get(URI url, Duration deadline, int keepBytes) throws InterruptedException;

  /// Sends one JSON document and waits for its answer; what the receiver does is the result.
  ///
  /// @param deadline for all of it
  /// @param keepBytes how much of the answer's body to return
  SendResult post(URI url, Bytes json, Duration deadline, int keepBytes)
      throws InterruptedException;

  /// Whether a URL may be a receiver at all.
  ///
  /// @return what is wrong with it, empty if nothing is
  Optional<String> objection(URI url) throws InterruptedException;

  /// Whether certificates can be used.
  ///
  /// @return what is wrong with them, empty if nothing is
  Optional<String> objection(Tls tls);
}
