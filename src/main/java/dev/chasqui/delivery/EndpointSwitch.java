package dev.chasqui.delivery;

import dev.chasqui.model.EndpointId;

/// The port through which a receiver's answer switches its endpoint off.
@FunctionalInterface
public interface EndpointSwitch {

  /// Makes the endpoint [dev.chasqui.model.Endpoint.Switch#DISABLED], on disk before it returns.
  /// Does nothing if it is so already or is gone.
  ///
  /// @param reason one line for the operator
  void disable(EndpointId id, String reason);
}
