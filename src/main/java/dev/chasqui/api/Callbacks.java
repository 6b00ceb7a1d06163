package dev.chasqui.api;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Role;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The callbacks of Meta's rule (application, WABA, phone number) as endpoints. There is at most
/// one for each place, and its id follows from the place: a new URL keeps the id, so that what is
/// owed follows the new URL. Clearing a callback disables its endpoint and leaves its backlog.
///
/// Safe for use by many threads; of two that set the same place at once, the later one stays.
public final class Callbacks {

  private final ResourceStore resources;
  private final Policy policy;

  /// @param policy the Meta dialect's default
  public Callbacks(ResourceStore resources, Policy policy) {
    this.resources = resources;
    this.policy = policy;
  }

  /// The place of the application's callback.
  public static Place application(WorkspaceId workspace) {
    return new Place(workspace, Role.APPLICATION_CALLBACK, Endpoint.Scope.WORKSPACE);
  }

  /// The place of a WABA's override.
  public static Place waba(WorkspaceId workspace, String wabaId) {
    return new Place(workspace, Role.WABA_CALLBACK, new Endpoint.Scope(wabaId, null));
  }

  /// The place of a phone number's override.
  public static Place phoneNumber(WorkspaceId workspace, String phoneNumberId) {
    Endpoint.Scope scope = new Endpoint.Scope(null, phoneNumberId);
    return new Place(workspace, Role.PHONE_NUMBER_CALLBACK, scope);
  }

  /// The URL that is set for a place, empty if none is.
  public Optional<URI> url(Place place) {
    return resources
        .endpoint(id(place))
        .filter(it -> it.identity().switched() != Switch.DISABLED)
        .map(Endpoint::url);
  }

  /// Sets the URL of a place; a paused callback stays paused.
  public Endpoint set(Place place, URI url) {
    return resources.inOneStep(() -> put(place, url));
  }

  private Endpoint put(Place place, URI url) {
    Optional<Endpoint> former = resources.endpoint(id(place));
    boolean paused = former.filter(it -> it.identity().switched() == Switch.PAUSED).isPresent();
    Endpoint endpoint =
        new Endpoint(
            identity(place, paused ? Switch.PAUSED : Switch.ON),
            place.role(),
            url,
            place.scope(),
            Endpoint.Interest.ALL,
            former.map(Endpoint::access).orElse(Endpoint.Access.NONE),
            former.map(Endpoint::policy).orElse(policy));
    resources.putEndpoint(endpoint);
    return endpoint;
  }

  /// Clears a place; nothing happens if nothing is set.
  public void clear(Place place) {
    resources.inOneStep(
        () -> {
          Optional<Endpoint> set =
              resources
                  .endpoint(id(place))
                  .filter(it -> it.identity().switched() != Switch.DISABLED);
          set.ifPresent(it -> resources.putEndpoint(disabled(it, place)));
          return set;
        });
  }

  /// The id of the endpoint of a place.
  public static EndpointId id(Place place) {
    Endpoint.Scope scope = place.scope();
    return DerivedId.of(
        List.of(
            place.workspace().value(),
            place.role().name(),
            String.valueOf(scope.wabaId()),
            String.valueOf(scope.phoneNumberId())));
  }

  private static Endpoint.Identity identity(Place place, Switch switched) {
    return new Endpoint.Identity(
        id(place), place.workspace(), place.name(), DialectName.META, switched);
  }

  private static Endpoint disabled(Endpoint it, Place place) {
    return new Endpoint(
        identity(place, Switch.DISABLED),
        it.role(),
        it.url(),
        it.scope(),
        it.interest(),
        it.access(),
        it.policy());
  }

  /// Where a callback stands in Meta's order.
  public record Place(WorkspaceId workspace, Role role, Endpoint.Scope scope) {

    /// What people call it.
    String name() {
      return switch (role) {
        case APPLICATION_CALLBACK -> "application callback";
        case WABA_CALLBACK -> "override of WABA " + scope.wabaId();
        case PHONE_NUMBER_CALLBACK -> "override of phone number " + scope.phoneNumberId();
        case SUBSCRIBER -> throw new IllegalStateException("a subscriber is no callback");
      };
    }
  }
}
