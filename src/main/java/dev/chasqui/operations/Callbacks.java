package dev.chasqui.operations;

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
import java.util.Set;
import java.util.function.UnaryOperator;

/// The callbacks of Meta's rule (application, WABA, phone number) as endpoints. There is at most
/// one for each place, and its id follows from the place: a new URL keeps the id, so that what is
/// owed follows the new URL. Clearing a callback removes its endpoint from all routes and leaves
/// its backlog.
///
/// Safe for use by many threads; of two that set the same place at once, the later one stays.
public final class Callbacks {

  /// Whoever sets a callback through Graph cannot set its policy, and frameworks answer a POST with
  /// 201, 202 or 204 of their own accord.
  private static final Policy.StatusSet ANY_SUCCESS = new Policy.StatusSet("2xx");

  private final ResourceStore resources;
  private final Policy policy;

  /// @param policy the Meta dialect's default; of a new callback each 2xx is success
  public Callbacks(ResourceStore resources, Policy policy) {
    this.resources = resources;
    this.policy = policy.succeedingAt(ANY_SUCCESS);
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
    return current(place).map(Endpoint::url);
  }

  /// The fields that the callback of a place wants; empty for all.
  public Set<String> fields(Place place) {
    return current(place).map(it -> it.interest().fields()).orElse(Set.of());
  }

  /// Sets the URL of a place. A callback that is set keeps what it wants; a paused one stays
  /// paused.
  public Endpoint set(Place place, URI url) {
    return resources.inOneStep(
        () ->
            put(place, url, current(place).map(Endpoint::interest).orElse(Endpoint.Interest.ALL)));
  }

  /// Sets the URL of a place and the fields that it wants.
  ///
  /// @param fields empty for all
  public Endpoint set(Place place, URI url, Set<String> fields) {
    return resources.inOneStep(() -> put(place, url, interest(fields)));
  }

  /// Changes the fields that the callback of a place wants; it is cleared when none are left.
  ///
  /// @param change of the list, of which an empty one stands for all; empty when none are left
  public void changeFields(Place place, UnaryOperator<Set<String>> change) {
    resources.inOneStep(
        () -> {
          Optional<Endpoint> set = current(place);
          set.ifPresent(it -> putFields(place, it, change.apply(it.interest().fields())));
          return set;
        });
  }

  private void putFields(Place place, Endpoint endpoint, Set<String> fields) {
    if (fields.isEmpty()) {
      resources.putEndpoint(removed(endpoint, place));
    } else {
      var _ = put(place, endpoint.url(), interest(fields));
    }
  }

  private Optional<Endpoint> current(Place place) {
    return resources.endpoint(id(place)).filter(it -> !it.identity().switched().isOff());
  }

  private static Endpoint.Interest interest(Set<String> fields) {
    Set<String> all = Set.of();
    return new Endpoint.Interest(all, fields, all, all, all, all);
  }

  private Endpoint put(Place place, URI url, Endpoint.Interest interest) {
    Optional<Endpoint> former = resources.endpoint(id(place));
    boolean paused = former.filter(it -> it.identity().switched() == Switch.PAUSED).isPresent();
    Endpoint endpoint =
        new Endpoint(
            identity(place, paused ? Switch.PAUSED : Switch.ON),
            place.role(),
            url,
            place.scope(),
            interest,
            former.map(Endpoint::access).orElse(Endpoint.Access.NONE),
            former.map(Endpoint::policy).orElse(policy));
    resources.putEndpoint(endpoint);
    return endpoint;
  }

  /// Clears a place; nothing happens if nothing is set.
  public void clear(Place place) {
    resources.inOneStep(
        () -> {
          Optional<Endpoint> set = current(place);
          set.ifPresent(it -> resources.putEndpoint(removed(it, place)));
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

  private static Endpoint removed(Endpoint it, Place place) {
    return new Endpoint(
        identity(place, Switch.REMOVED),
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
