package dev.chasqui.delivery;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.store.DeliveryStore.Buried;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes dead letters of what is owed to an endpoint that is gone. After a crash between the two
/// writes of a step, its dead letters last as long as the journal.
final class BuryOwed {

  private final Ports ports;

  BuryOwed(Ports ports) {
    this.ports = ports;
  }

  /// @return how many were buried, fewer than the limit if nothing waits any more
  int step(EndpointId endpoint, int limit) {
    List<Buried> buried = ports.store().bury(endpoint, Outcome.ENDPOINT_DELETED.wire(), limit);
    Map<Long, DeadPayload> facts =
        ports.facts().encodedAll(buried.stream().map(Buried::position).distinct().toList());
    Map<DeliveryId, DeadPayload> kept = new TreeMap<>();
    for (Buried one : buried) {
      DeadPayload payload = facts.get(one.position());
      if (payload != null) {
        kept.put(one.id(), payload);
      }
    }
    ports.store().keep(kept);
    return buried.size();
  }
}
