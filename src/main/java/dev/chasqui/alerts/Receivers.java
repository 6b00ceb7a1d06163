package dev.chasqui.alerts;

import dev.chasqui.delivery.EndpointHealth;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/// The endpoints and how they do, without I/O.
///
/// @param isUnsubscribed whether the application is not subscribed to an account, of a workspace
///   and the account's id
public record Receivers(
    Supplier<List<Endpoint>> all,
    Function<EndpointId, EndpointHealth> health,
    BiPredicate<WorkspaceId, String> isUnsubscribed) {

  /// Those that were not taken away.
  List<Endpoint> present() {
    return all.get().stream()
        .filter(it -> it.identity().switched() != Endpoint.Switch.REMOVED)
        .toList();
  }
}
