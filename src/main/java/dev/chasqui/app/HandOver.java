package dev.chasqui.app;

import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.model.EndpointId;
import dev.chasqui.projection.Dispatch;
import dev.chasqui.store.Lease;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Leads the projection to the dispatcher.
final class HandOver implements Dispatch {

  private final Dispatcher dispatcher;

  HandOver(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public @Nullable Lease reserve(EndpointId endpoint) {
    return dispatcher.reserve(endpoint);
  }

  @Override
  public void handOver(List<Handed> handed) {
    dispatcher.handOver(handed.stream().map(HandOver::taken).toList());
  }

  @Override
  public void abandon(List<Handed> handed) {
    dispatcher.abandon(handed.stream().map(it -> it.owed().endpoint()).toList());
  }

  @Override
  public void waiting(Set<EndpointId> endpoints) {
    dispatcher.waiting(endpoints);
  }

  private static dev.chasqui.delivery.Handed taken(Handed handed) {
    return new dev.chasqui.delivery.Handed(handed.owed(), JournalFacts.payload(handed.fact()));
  }
}
