package dev.chasqui.operations;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.model.Tls;
import dev.chasqui.store.ResourceStore;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The two receivers of an Exotel account as endpoints: one for incoming messages, one for status
/// callbacks. They are ordinary endpoints of the dialect `exotel`; their ids follow from the
/// account, so a new URL keeps the id, and what is owed follows the new URL.
public final class ExotelReceivers {

  private final ResourceStore resources;
  private final Policy policy;
  private final Clock clock;

  /// @param policy the Exotel dialect's default
  public ExotelReceivers(ResourceStore resources, Policy policy, Clock clock) {
    this.resources = resources;
    this.policy = policy;
    this.clock = clock;
  }

  /// What a receiver gets.
  public enum Kind {
    INCOMING("incoming_message", "incoming messages"),
    STATUS("message_status", "status callbacks");

    /// The dialect's subscription.
    private final String subscription;

    private final String words;

    Kind(String subscription, String words) {
      this.subscription = subscription;
      this.words = words;
    }
  }

  /// The URL that is set, empty if none is.
  public Optional<URI> url(SourceAccount account, Kind kind) {
    return resources.endpoint(id(account, kind)).map(Endpoint::url);
  }

  /// Sets the URL of a receiver. A paused one stays paused, and what an operator changed of its
  /// policy and headers stays.
  public void set(SourceAccount account, Kind kind, URI url) {
    resources.inOneStep(() -> put(account, kind, url));
  }

  private Endpoint put(SourceAccount account, Kind kind, URI url) {
    Optional<Endpoint> former = resources.endpoint(id(account, kind));
    boolean paused = former.filter(it -> it.identity().switched() == Switch.PAUSED).isPresent();
    Endpoint made = endpoint(account, kind, url, paused ? Switch.PAUSED : Switch.ON, former);
    resources.putEndpoint(made);
    return made;
  }

  private Endpoint endpoint(
      SourceAccount account, Kind kind, URI url, Switch switched, Optional<Endpoint> former) {
    Map<String, String> headers = former.map(it -> it.access().headers()).orElse(Map.of());
    // An endpoint of this dialect is signed with one secret.
    Tls tls = former.map(it -> it.access().tls()).orElse(Tls.NONE);
    List<String> secrets = account.access().signingSecrets(clock.instant()).subList(0, 1);
    return new Endpoint(
        new Endpoint.Identity(
            id(account, kind),
            account.workspace(),
            "exotel " + kind.words + " of " + account.id(),
            DialectName.EXOTEL,
            switched),
        Endpoint.Role.SUBSCRIBER,
        url,
        new Endpoint.Scope(null, account.channel().phoneNumberId()),
        interest(kind),
        new Endpoint.Access(secrets, headers, account.id(), tls),
        former.map(Endpoint::policy).orElse(policy));
  }

  /// Lets the receivers follow their account's secrets and number.
  public void follow(SourceAccount account) {
    for (Kind kind : Kind.values()) {
      resources.inOneStep(() -> follow(account, kind));
    }
  }

  private boolean follow(SourceAccount account, Kind kind) {
    Optional<Endpoint> former = resources.endpoint(id(account, kind));
    former.ifPresent(
        it ->
            resources.putEndpoint(
                endpoint(account, kind, it.url(), it.identity().switched(), former)));
    return former.isPresent();
  }

  /// Takes a receiver away; what it is owed is dead. Nothing happens if there is none.
  ///
  /// @param deadLetter makes dead letters of what waits for an endpoint; the same receiver may come
  ///   again under the same id, and must not get the old
  public void clear(SourceAccount account, Kind kind, Consumer<EndpointId> deadLetter) {
    ReceiverRemoval.remove(resources, id(account, kind), deadLetter);
  }

  private static Endpoint.Interest interest(Kind kind) {
    return new Endpoint.Interest(
        Set.of(kind.subscription), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
  }

  /// The id of the endpoint of a receiver.
  public static EndpointId id(SourceAccount account, Kind kind) {
    return DerivedId.of(List.of("exotel", account.workspace().value(), account.id(), kind.name()));
  }
}
