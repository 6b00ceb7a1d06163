package dev.chasqui.api.graph;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.MemoryResources;
import dev.chasqui.api.Playground;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Policy.StatusSet;
import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Callers;
import dev.chasqui.operations.Secrets;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import dev.chasqui.store.ResourceStore.Subscription;
import dev.chasqui.store.ResourceStore.Waba;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The Graph interface on a free port, with resources in memory and callbacks beside it.
final class Graph implements AutoCloseable {

  static final String WABA = "102290129340398";
  static final String NUMBER = "106540352242922";
  static final String APP = "670843887433847";
  static final WorkspaceId OTHER = new WorkspaceId("other");

  private static final Policy POLICY =
      new Policy(
          Duration.ofSeconds(5),
          new Policy.Retry(List.of(Duration.ofSeconds(1)), 0, false),
          8,
          null,
          Policy.Ordering.NONE,
          new Policy.Verdicts(new StatusSet("200"), StatusSet.NONE, Set.of()));

  final MemoryResources resources = new MemoryResources();
  final FakeMessages messages = new FakeMessages();
  final AtomicInteger changes = new AtomicInteger();
  final Playground playground;
  final Exchange nobody;
  final Exchange admin;

  Graph() {
    Secrets secrets = new Secrets(resources, Map.of(), Clock.systemUTC());
    playground =
        new Playground(
            (routes, sender) ->
                new GraphApi(
                        new GraphApi.Context(
                            resources,
                            secrets,
                            POLICY,
                            sender,
                            changes::incrementAndGet,
                            new SplittableRandom(3),
                            messages.messaging()))
                    .addTo(routes));
    nobody = new Exchange(playground.base());
    admin = nobody.as(token("admin", null));
  }

  /// A new token of the default workspace.
  String token(String kind, @Nullable String phoneNumberId) {
    String text = kind + "-" + resources.tokens().size();
    TokenId id = new TokenId(new IdSource(Clock.systemUTC(), new SplittableRandom()).next());
    resources.putToken(
        new ResourceStore.Token(
            id, WorkspaceId.DEFAULT, kind, phoneNumberId, Callers.hash(text), Instant.EPOCH));
    return text;
  }

  void know(String number, @Nullable String waba) {
    resources.putPhoneNumber(new PhoneNumber(WorkspaceId.DEFAULT, number, waba, "15550001"));
  }

  void know(WorkspaceId workspace, String waba, Subscription subscription) {
    resources.putWaba(new Waba(workspace, waba, null, subscription));
  }

  String override(String url) {
    return "{\"override_callback_uri\":\""
        + url
        + "\",\"verify_token\":\""
        + Playground.TOKEN
        + "\"}";
  }

  String configuration(String url) {
    return "{\"webhook_configuration\":" + override(url) + "}";
  }

  /// The status, code and type of a refusal.
  static String refusal(Exchange.Answered answered) {
    JsonNode error = answered.json().path("error");
    return answered.status()
        + " "
        + error.path("code").intValue()
        + " "
        + error.path("type").stringValue("");
  }

  static String message(Exchange.Answered answered) {
    return answered.json().path("error").path("message").stringValue("");
  }

  @Override
  public void close() {
    nobody.close();
    playground.close();
  }
}
