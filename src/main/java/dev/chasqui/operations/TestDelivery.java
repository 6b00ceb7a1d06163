package dev.chasqui.operations;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.SendResult;

/// Sends a sample event to an endpoint at once, rendered and signed as a delivery is; `app` leads
/// it to the dialects and the sender.
@FunctionalInterface
public interface TestDelivery {

  /// Sends one and waits for what becomes of it; nothing is stored and nothing is tried again.
  Sent send(Endpoint endpoint) throws InterruptedException;

  /// What became of it.
  ///
  /// @param delivered whether the endpoint's rules count the answer as success
  record Sent(boolean delivered, SendResult result) {}
}
