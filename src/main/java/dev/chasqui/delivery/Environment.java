package dev.chasqui.delivery;

import java.time.Instant;

/// What every part of the dispatcher is given.
record Environment(Ports ports, Timing timing, DeliverySettings settings) {

  Instant now() {
    return timing.clock().instant();
  }
}
