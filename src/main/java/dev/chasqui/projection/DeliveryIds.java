package dev.chasqui.projection;

import dev.chasqui.model.ContactQueueKey;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Ulid;

/// Makes the ids of deliveries of what they are: event, endpoint and unit. So the same delivery has
/// the same id whenever and wherever it is projected, and a receiver that drops what it has seen is
/// right to do so (product.md, P3). The id has the event's time, so rows append.
final class DeliveryIds {

  private static final long SEED_HIGH = 0x6368617371756930L;
  private static final long SEED_LOW = 0x64656c6976657279L;

  private DeliveryIds() {}

  /// The id of the one delivery of an event to an endpoint.
  static DeliveryId ofWhole(EventId event, EndpointId endpoint) {
    return of(event.ulid(), endpoint.ulid(), -1);
  }

  /// The id of the delivery of one item.
  static DeliveryId ofItem(EventId event, EndpointId endpoint, ItemPath item) {
    long unit = mix(mix(item.entry()) + item.change()) + item.item();
    return of(event.ulid(), endpoint.ulid(), unit);
  }

  /// The id of the delivery of all of an event that is about one contact.
  static DeliveryId ofLine(EventId event, EndpointId endpoint, ContactQueueKey line) {
    return of(event.ulid(), endpoint.ulid(), mix(line.value()));
  }

  private static DeliveryId of(Ulid event, Ulid endpoint, long unit) {
    long high = hash(SEED_HIGH, event, endpoint, unit);
    long low = hash(SEED_LOW, event, endpoint, unit);
    return new DeliveryId(Ulid.of(event.time(), high, low));
  }

  private static long hash(long seed, Ulid event, Ulid endpoint, long unit) {
    long hash = mix(seed ^ event.high());
    hash = mix(hash + event.low());
    hash = mix(hash + endpoint.high());
    hash = mix(hash + endpoint.low());
    return mix(hash + unit);
  }

  /// A bijection that spreads every bit over all others (the finalizer of SplitMix64).
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
