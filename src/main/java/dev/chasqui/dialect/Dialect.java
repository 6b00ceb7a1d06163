package dev.chasqui.dialect;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Subscriptions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A wire language as it is spoken to receivers: what a delivery looks like, how it is signed, when
/// it counts as taken. Pure functions: no I/O, no clock, safe for use by many threads.
public interface Dialect {

  DialectName name();

  /// How deliveries are tried where the endpoint says nothing else (product.md 6).
  Policy defaults();

  /// What is wrong with a secret for this dialect, empty if nothing is. Where a dialect does not
  /// say otherwise, a secret is any text, used as its UTF-8 bytes.
  default Optional<String> secretObjection(String secret) {
    return secret.isBlank() ? Optional.of("must not be empty") : Optional.empty();
  }

  /// A fresh secret from random bytes, in the form this dialect's receivers know.
  ///
  /// @param random 32 random bytes
  default String newSecret(byte[] random) {
    return HexFormat.of().formatHex(random);
  }

  /// Whether this dialect has words for an item. What it has none for goes to no endpoint of it.
  boolean speaksOf(Notification item);

  /// The subscriptions that endpoints of this dialect may have.
  Subscriptions subscriptions();

  /// The subscriptions that an item comes under, the preferred one first: an endpoint gets it under
  /// the first that it has. Empty if an endpoint's subscriptions do not matter to the item.
  List<String> subscriptionsOf(Notification item);

  /// Splits what one receiver gets of one event into deliveries, in order.
  ///
  /// @param selected what the receiver gets, in order of appearance
  /// @return for each delivery its notifications; what the dialect has no words for is left out
  List<List<Notification>> units(List<Notification> selected);

  /// The request of one attempt. For one delivery the body has the same bytes in every attempt;
  /// only headers that tell the attempt's time, and signatures over them, differ.
  ///
  /// @throws IllegalArgumentException if the delivery does not fit its body: a path that leads
  ///   nowhere, or a body that is no envelope
  Rendered render(Outgoing delivery);
}
