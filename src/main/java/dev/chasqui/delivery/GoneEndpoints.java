package dev.chasqui.delivery;

import dev.chasqui.model.EndpointId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Switches endpoints off whose receivers said that they are gone. What cannot be written now is
/// tried again; the deliveries that found it out are settled without it. Safe for use by many
/// threads.
final class GoneEndpoints {

  private static final Logger LOG = System.getLogger(GoneEndpoints.class.getName());

  private final EndpointSwitch endpointSwitch;
  private final Map<EndpointId, String> waiting = new ConcurrentHashMap<>();

  GoneEndpoints(EndpointSwitch endpointSwitch) {
    this.endpointSwitch = endpointSwitch;
  }

  /// Switches an endpoint off, now or when it can be written.
  void disable(EndpointId endpoint, String reason) {
    try {
      endpointSwitch.disable(endpoint, reason);
      waiting.remove(endpoint);
    } catch (RuntimeException e) {
      waiting.put(endpoint, reason);
      LOG.log(Level.WARNING, "endpoint " + endpoint + " could not be disabled; trying again", e);
    }
  }

  /// Tries again what could not be written.
  ///
  /// @return whether something is left
  boolean tryAgain() {
    waiting.forEach(this::disable);
    return !waiting.isEmpty();
  }
}
