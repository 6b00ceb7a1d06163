package dev.chasqui.operations;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.TextRule;
import dev.chasqui.store.ResourceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Gives endpoints new secrets. For the overlap an endpoint has two, newest first, and deliveries
/// carry both signatures where the dialect can. When the overlap ends is kept with the workspace's
/// secrets, so that it survives a restart; [#expire()] takes former secrets out.
public final class Rotation {

  private static final int SECRET_BYTES = 32;

  private final ResourceStore resources;
  private final Secrets secrets;
  private final ReceiverDialects dialects;
  private final RandomGenerator random;
  private final Clock clock;

  /// @param random where secrets come from; must be hard to guess
  public Rotation(
      ResourceStore resources,
      Secrets secrets,
      ReceiverDialects dialects,
      RandomGenerator random,
      Clock clock) {
    this.resources = resources;
    this.secrets = secrets;
    this.dialects = dialects;
    this.random = random;
    this.clock = clock;
  }

  /// A secret in the form that the dialect's receivers know.
  public String fresh(ReceiverDialects.Traits dialect) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return dialect.newSecret().apply(bytes);
  }

  /// What is wrong with a new secret for an endpoint, empty if nothing is.
  public Optional<String> objection(Endpoint endpoint, String given) {
    return dialect(endpoint).secretObjection().apply(given);
  }

  /// What is asked for: a secret, or null for a generated one, and the overlap.
  public Order order(Endpoint endpoint, @Nullable String given, @Nullable Duration overlap) {
    return new Order(
        given == null ? fresh(dialect(endpoint)) : given,
        overlap == null ? Overlap.DEFAULT : overlap);
  }

  private ReceiverDialects.Traits dialect(Endpoint endpoint) {
    return dialects
        .find(endpoint.dialect())
        .orElseThrow(() -> Refusal.conflict("the dialect is not available"));
  }

  /// Whether all secrets of an endpoint are such as could be set now.
  public boolean canSign(Endpoint endpoint) {
    return endpoint.access().secrets().stream()
        .allMatch(
            secret ->
                TextRule.objection(secret).isEmpty()
                    && dialects
                        .find(endpoint.dialect())
                        .flatMap(it -> it.secretObjection().apply(secret))
                        .isEmpty());
  }

  /// Gives the endpoint its new secret; to be called in one step with the look at it.
  ///
  /// @return until when the former one stays valid
  public Instant rotate(Endpoint endpoint, Order order) {
    Instant now = clock.instant();
    Instant until = now.plus(order.overlap());
    List<String> former = endpoint.access().secrets();
    String name = name(endpoint.id());
    boolean isFirst = secrets.active(name).isEmpty();
    if (isFirst && !former.isEmpty() && canSign(endpoint)) {
      // The secret of the endpoint's creation, so that the store knows what to let run out.
      Instant before = now.minusMillis(1);
      resources.putSecret(endpoint.workspace(), name, former.getFirst(), before, before);
    }
    resources.putSecret(endpoint.workspace(), name, order.secret(), now, until);
    boolean keep = !former.isEmpty() && !order.overlap().isZero() && canSign(endpoint);
    List<String> both = keep ? List.of(order.secret(), former.getFirst()) : List.of(order.secret());
    resources.putEndpoint(withSecrets(endpoint, both));
    return until;
  }

  /// Takes former secrets whose overlap has ended out of their endpoints. To be called every so
  /// often; what is late by a while does no harm.
  ///
  /// @return whether anything changed
  public boolean expire() {
    boolean changed = false;
    for (Endpoint endpoint : resources.endpoints()) {
      if (isOver(endpoint)) {
        changed |= resources.inOneStep(() -> expire(endpoint.id()));
      }
    }
    return changed;
  }

  private boolean expire(EndpointId id) {
    Optional<Endpoint> over = resources.endpoint(id).filter(this::isOver);
    over.ifPresent(
        it -> resources.putEndpoint(withSecrets(it, it.access().secrets().subList(0, 1))));
    return over.isPresent();
  }

  private boolean isOver(Endpoint endpoint) {
    boolean hasFormer = endpoint.access().secrets().size() > 1;
    return hasFormer && secrets.active(name(endpoint.id())).size() < 2;
  }

  private static Endpoint withSecrets(Endpoint old, List<String> secrets) {
    return new Endpoint(
        old.identity(),
        old.role(),
        old.url(),
        old.scope(),
        old.interest(),
        new Endpoint.Access(
            secrets, old.access().headers(), old.access().account(), old.access().tls()),
        old.policy());
  }

  private static String name(EndpointId endpoint) {
    return "endpoint-secret/" + endpoint;
  }

  /// What is asked for.
  public record Order(String secret, Duration overlap) {
    @Override
    public String toString() {
      return "Order[" + overlap + "]";
    }
  }
}
