package dev.chasqui.operations;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.store.ResourceStore;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes a receiver away that may come again under the same id.
final class ReceiverRemoval {

  private ReceiverRemoval() {}

  /// Switches the receiver off, so that nothing new is queued for it; makes dead letters of what
  /// waits, which may take its time; then deletes it, unless it was set again meanwhile. Nothing
  /// happens if there is none.
  ///
  /// @param deadLetter makes dead letters of what waits for an endpoint: the next receiver under
  ///   this id must not get it
  static void remove(ResourceStore resources, EndpointId id, Consumer<EndpointId> deadLetter) {
    Optional<Endpoint> off =
        resources.inOneStep(
            () -> {
              Optional<Endpoint> found =
                  resources.endpoint(id).map(it -> it.switched(Switch.REMOVED));
              found.ifPresent(resources::putEndpoint);
              return found;
            });
    if (off.isPresent()) {
      deadLetter.accept(id);
      resources.inOneStep(() -> resources.endpoint(id).equals(off) && resources.deleteEndpoint(id));
    }
  }
}
