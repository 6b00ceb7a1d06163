package dev.chasqui.operations;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The primary webhook of a phone number in Turn's sense, as an endpoint. It is an ordinary
/// endpoint of the dialect `turn` that gets what comes from WhatsApp; its id follows from the
/// number, so a new URL keeps the id, and what is owed follows the new URL.
///
/// Safe for use by many threads; of two that set the same one at once, the later one stays.
public final class TurnReceiver {

  private static final String SUBSCRIPTION = "whatsapp";

  private final ResourceStore resources;
  private final Policy policy;
  private final Supplier<String> newSecret;

  /// @param policy the Turn dialect's default
  /// @param newSecret makes the secret of a new webhook; Turn's call names none
  public TurnReceiver(ResourceStore resources, Policy policy, Supplier<String> newSecret) {
    this.resources = resources;
    this.policy = policy;
    this.newSecret = newSecret;
  }

  /// The URL that is set, empty if none is.
  public Optional<URI> url(WorkspaceId workspace, String phoneNumberId) {
    return resources.endpoint(id(workspace, phoneNumberId)).map(Endpoint::url);
  }

  /// Sets the URL. A paused webhook stays paused, and what an operator changed of its secrets,
  /// subscriptions and policy stays.
  public void set(WorkspaceId workspace, String phoneNumberId, URI url) {
    resources.inOneStep(() -> put(workspace, phoneNumberId, url));
  }

  private Endpoint put(WorkspaceId workspace, String phoneNumberId, URI url) {
    EndpointId id = id(workspace, phoneNumberId);
    Optional<Endpoint> former = resources.endpoint(id);
    boolean paused = former.filter(it -> it.identity().switched() == Switch.PAUSED).isPresent();
    String name = "primary webhook of phone number " + phoneNumberId;
    Endpoint endpoint =
        new Endpoint(
            new Endpoint.Identity(
                id, workspace, name, DialectName.TURN, paused ? Switch.PAUSED : Switch.ON),
            Endpoint.Role.SUBSCRIBER,
            url,
            new Endpoint.Scope(null, phoneNumberId),
            former.map(Endpoint::interest).orElse(interest()),
            former
                .map(Endpoint::access)
                .orElseGet(() -> new Endpoint.Access(List.of(newSecret.get()), Map.of())),
            former.map(Endpoint::policy).orElse(policy));
    resources.putEndpoint(endpoint);
    return endpoint;
  }

  /// Takes the webhook away; what it is owed is dead. Nothing happens if there is none.
  ///
  /// @param deadLetter makes dead letters of what waits for an endpoint; the same webhook may come
  ///   again under the same id, and must not get the old
  public void clear(WorkspaceId workspace, String phoneNumberId, Consumer<EndpointId> deadLetter) {
    ReceiverRemoval.remove(resources, id(workspace, phoneNumberId), deadLetter);
  }

  private static Endpoint.Interest interest() {
    return new Endpoint.Interest(
        Set.of(SUBSCRIPTION), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
  }

  /// The id of the endpoint of a number.
  public static EndpointId id(WorkspaceId workspace, String phoneNumberId) {
    return DerivedId.of(List.of("turn", workspace.value(), phoneNumberId, "primary"));
  }
}
