package dev.chasqui.operations;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Subscriptions;
import java.util.Optional;
import java.util.function.Function;

/// What the endpoints' interface must know of the dialects that are spoken to receivers; `app`
/// leads it to them.
@FunctionalInterface
public interface ReceiverDialects {

  /// A dialect, empty if it is not available for receivers.
  Optional<Traits> find(DialectName dialect);

  /// The traits of a dialect.
  ///
  /// @param defaults how deliveries are tried unless an endpoint says otherwise
  /// @param secretObjection what is wrong with a secret, empty if nothing is
  /// @param newSecret a secret made of 32 random bytes
  /// @param subscriptions what an endpoint may subscribe to
  record Traits(
      Policy defaults,
      Function<String, Optional<String>> secretObjection,
      Function<byte[], String> newSecret,
      Subscriptions subscriptions) {}
}
