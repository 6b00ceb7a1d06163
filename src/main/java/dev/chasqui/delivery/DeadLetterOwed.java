package dev.chasqui.delivery;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Open;
import dev.chasqui.store.ProjectionStore.Source;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes dead letters of what is owed to an endpoint that is gone, each with what it was made from,
/// so that it can be sent elsewhere when the journal has long let go of it.
final class DeadLetterOwed {

  private static final DeadPayload GONE = new DeadPayload(WorkspaceId.DEFAULT, Bytes.EMPTY);

  private final Ports ports;

  DeadLetterOwed(Ports ports) {
    this.ports = ports;
  }

  /// @return how many waited, fewer than the limit if nothing more does
  int step(EndpointId endpoint, int limit) {
    List<Open> open = ports.store().open(endpoint, limit);
    Map<Source, DeadPayload> facts =
        ports.facts().encodedAll(open.stream().map(Open::source).distinct().toList());
    Map<DeliveryId, DeadPayload> payloads = new TreeMap<>();
    for (Open one : open) {
      payloads.put(one.id(), facts.getOrDefault(one.source(), GONE));
    }
    int ended = ports.store().deadLetter(payloads, Outcome.ENDPOINT_DELETED.wire());
    ports.events().deadLettered(endpoint, ended);
    return open.size();
  }
}
