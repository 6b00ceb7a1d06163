package dev.chasqui.api.turn;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.MemoryResources;
import dev.chasqui.api.Playground;
import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Callers;
import dev.chasqui.operations.Secrets;
import dev.chasqui.operations.TurnReceiver;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.testkit.MovedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Turn's API on a free port, with resources in memory.
final class Turn implements AutoCloseable {

  static final String NUMBER = "106540352242922";

  final MemoryResources resources = new MemoryResources();
  final MovedClock clock = new MovedClock();
  final AtomicInteger changes = new AtomicInteger();
  final List<EndpointId> deadLettered = new CopyOnWriteArrayList<>();
  final FakeUpstream upstream = new FakeUpstream();
  final Map<String, List<String>> alsoKnownAs = new ConcurrentHashMap<>();
  final Playground playground;
  final Exchange nobody;
  final Exchange client;

  Turn() {
    this(Map.of());
  }

  Turn(OnPremisesCodes codes) {
    this(Map.of(), codes);
  }

  Turn(Map<RateBucket, Integer> limits) {
    this(limits, OnPremisesCodes.OFF);
  }

  private Turn(Map<RateBucket, Integer> limits, OnPremisesCodes codes) {
    upstream.codes = codes;
    Secrets secrets = new Secrets(resources, Map.of(), clock);
    RateLimits rates = new RateLimits(limits, Duration.ofSeconds(60), clock);
    TurnGate gate = new TurnGate(new Callers(resources, secrets), rates);
    Claims claims = new Claims(new MemoryClaims(), this::ids, Duration.ofMinutes(5), clock);
    playground =
        new Playground(
            (routes, sender) ->
                new TurnApi(gate, List.of(settings(sender), upstream.calls(claims), claims))
                    .addTo(routes));
    nobody = new Exchange(playground.base());
    client = nobody.as(token("api", NUMBER));
  }

  private TurnPart settings(Sender sender) {
    TurnReceiver receiver =
        new TurnReceiver(resources, new TurnDialect().defaults(), () -> "a-fresh-secret");
    return new ApplicationSettings(receiver, deadLettered::add, sender, changes::incrementAndGet);
  }

  /// A new token of the default workspace.
  String token(String kind, @Nullable String phoneNumberId) {
    String text = kind + "-" + resources.tokens().size();
    TokenId id = new TokenId(new IdSource(clock, new SplittableRandom()).next());
    resources.putToken(
        new ResourceStore.Token(
            id, WorkspaceId.DEFAULT, kind, phoneNumberId, Callers.hash(text), Instant.EPOCH));
    return text;
  }

  private List<String> ids(WorkspaceId workspace, String id) {
    return alsoKnownAs.getOrDefault(id, List.of(id));
  }

  /// The status and the first error.
  static String refusal(Exchange.Answered answered) {
    JsonNode error = answered.json().path("errors").path(0);
    return answered.status()
        + " "
        + error.path("code").longValue()
        + " "
        + error.path("title").stringValue("")
        + ": "
        + error.path("details").stringValue("");
  }

  @Override
  public void close() {
    nobody.close();
    playground.close();
  }
}
