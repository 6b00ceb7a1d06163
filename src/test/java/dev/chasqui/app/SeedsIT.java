package dev.chasqui.app;

import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;

/// The statements of the five seed documents, one after another: what each page promises its
/// readers is tried at a running gateway. The number in a test's name is the seed's, then the
/// statement's.
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class SeedsIT {

  /// Seed 000: Turn, fallback channel.
  @Nested
  @Order(0)
  class FallbackChannel extends SeedFallback {}

  /// Seed 001: Meta, webhook overrides.
  @Nested
  @Order(1)
  class WebhookOverrides extends SeedOverrides {}

  /// Seed 002: Turn, webhooks.
  @Nested
  @Order(2)
  class TurnWebhooks extends SeedTurn {}

  /// Seed 003: Switchbord, ingress.
  @Nested
  @Order(3)
  class SwitchbordIngress extends SeedIngress {}

  /// Seed 004: Exotel, webhooks.
  @Nested
  @Order(4)
  class ExotelWebhooks extends SeedExotel {}
}
