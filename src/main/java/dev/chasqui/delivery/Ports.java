package dev.chasqui.delivery;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.DeliveryStore;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The ports that the dispatcher uses.
///
/// @param facts the journal
/// @param resources what operators set
/// @param endpointSwitch for receivers that say they are gone
/// @param events told what happens
public record Ports(
    DeliveryStore store,
    Facts facts,
    Resources resources,
    Dialects dialects,
    Sender sender,
    EndpointSwitch endpointSwitch,
    DeliveryEvents events) {

  /// What operators set, as immutable snapshots: each call tells what holds now, without I/O.
  ///
  /// @param endpoint an endpoint, null if it is deleted
  /// @param appSecrets a workspace's app secrets, newest first
  public record Resources(
      Function<EndpointId, @Nullable Endpoint> endpoint,
      Function<WorkspaceId, List<String>> appSecrets) {}
}
