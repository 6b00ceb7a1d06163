package dev.chasqui.delivery;

import java.time.Instant;

/// The ports, time and settings that all parts of the dispatcher share.
record Environment(Ports ports, Timing timing, DeliverySettings settings) {

  Instant now() {
    return timing.clock().instant();
  }
}
