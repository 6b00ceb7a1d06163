package dev.chasqui.delivery;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Open;
import dev.chasqui.store.ProjectionStore.Source;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Keeps the events of dead letters that could not be read when they died.
final class KeepDead {

  private static final DeadPayload GONE = new DeadPayload(WorkspaceId.DEFAULT, Bytes.EMPTY);
  private static final int AT_ONCE = 100;

  private final Ports ports;

  KeepDead(Ports ports) {
    this.ports = ports;
  }

  /// @return whether there may be more
  boolean step() {
    List<Open> unkept = ports.store().unkept(AT_ONCE);
    if (unkept.isEmpty()) {
      return false;
    }
    Map<Source, DeadPayload> facts =
        ports.facts().encodedAll(unkept.stream().map(Open::source).distinct().toList());
    Map<DeliveryId, DeadPayload> payloads = new TreeMap<>();
    for (Open one : unkept) {
      payloads.put(one.id(), facts.getOrDefault(one.source(), GONE));
    }
    ports.store().keep(payloads);
    return unkept.size() == AT_ONCE;
  }
}
