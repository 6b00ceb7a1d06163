package dev.chasqui.api.graph;

import dev.chasqui.api.graph.GraphEdge.Operation;
import dev.chasqui.api.media.MediaUpstream;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.StreamHandler;
import dev.chasqui.json.Json;
import dev.chasqui.messaging.MessageSender;
import dev.chasqui.messaging.UpstreamAnswer;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Policy;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Callbacks;
import dev.chasqui.operations.Callers;
import dev.chasqui.operations.Handshake;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.Secrets;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.ResourceStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Meta's interface to callbacks and their overrides, on the public listener, so that a client of
/// the Graph API can be pointed at the gateway (docs/overrides.md). Any version is taken, and none.
public final class GraphApi {

  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final int MAX_MESSAGE_BYTES = 1 << 20;
  private static final int MAX_BATCH_BYTES = 4 << 20;
  private static final String VERSION = "/{version:v[0-9]+\\.[0-9]+}";

  private final GraphGate gate;
  private final GraphErrors errors;
  private final SubscribedApps subscribedApps;
  private final PassThrough passThrough;
  private final OauthNode oauth;
  private final AppSubscriptions subscriptions;
  private final MessagesNode messages;
  private final MediaNode media;

  /// What it stands on.
  ///
  /// @param resources what operators set: the store's, or something in front of it
  /// @param policy how deliveries to callbacks are tried: the Meta dialect's default
  /// @param changed told after every change
  /// @param random where challenges and trace ids come from
  /// @param messaging what sends messages
  public record Context(
      ResourceStore resources,
      Secrets secrets,
      Policy policy,
      Sender sender,
      ResourceChanged changed,
      RandomGenerator random,
      Messaging messaging) {}

  /// The parts that send messages.
  ///
  /// @param sends the message service
  /// @param posts asked directly where a body is no message: `status: read`, typing indicators
  /// @param media takes files up, and makes all calls that are passed on
  public record Messaging(MessageSender sends, Posts posts, MediaUpstream media, Passing passing) {}

  /// How calls that the gateway has no part in are passed on.
  ///
  /// @param allowed names of edges, and the names of [PassRules] for nodes
  /// @param publicUrl how clients reach this listener; empty to go by their requests
  /// @param maxBody bytes
  public record Passing(
      List<String> allowed, String publicUrl, long maxBody, PassEvents events, Tickets tickets) {}

  /// The key and clock of tickets for files.
  ///
  /// @param seal a keyed hash of a text
  public record Tickets(Clock clock, UnaryOperator<String> seal) {}

  /// Told of every call that was passed on.
  @FunctionalInterface
  public interface PassEvents {
    /// @param name under which the operator allows it
    /// @param status of the answer, 0 if there was none
    void passed(String name, int status);
  }

  /// Posts documents to a number's `messages` upstream.
  @FunctionalInterface
  public interface Posts {
    /// @param version as `v24.0`, null for the setting's
    UpstreamAnswer post(
        WorkspaceId workspace, String phoneNumberId, @Nullable String version, Bytes document)
        throws InterruptedException;
  }

  public GraphApi(Context context) {
    ResourceStore resources = context.resources();
    Callbacks callbacks = new Callbacks(resources, anySuccess(context.policy()));
    Accounts accounts = new Accounts(resources);
    CallbackCheck check =
        new CallbackCheck(context.sender(), new Handshake(context.sender(), context.random()));
    ResourceChanged changed = context.changed();
    this.errors = new GraphErrors(context.random());
    AppTokens appTokens = new AppTokens(resources, context.secrets());
    this.gate = new GraphGate(new Callers(resources, context.secrets()), appTokens, errors);
    this.oauth = new OauthNode(gate, appTokens, resources);
    this.subscribedApps = new SubscribedApps(resources, callbacks, accounts, check, changed);
    Messaging messaging = context.messaging();
    this.passThrough =
        new PassThrough(
            gate,
            new PassRules(messaging.passing().allowed(), accounts),
            new OwnNodes(new PhoneNumberNode(callbacks, accounts, check, changed), oauth),
            new FileAddresses(messaging.passing().publicUrl(), messaging.passing().tickets()),
            messaging);
    this.messages = new MessagesNode(accounts, context.messaging(), errors);
    this.media = new MediaNode(gate, accounts, context.messaging().media());
    this.subscriptions = new AppSubscriptions(resources, accounts, callbacks, check, changed);
  }

  /// The policy of callbacks that were set through Graph: every 2xx is success, since client
  /// frameworks answer 201 to a POST and 202 or 204 to a status. An operator who wants 200 alone
  /// sets the endpoint's policy.
  private static Policy anySuccess(Policy policy) {
    Policy.Verdicts verdicts = policy.verdicts();
    return new Policy(
        policy.deadline(),
        policy.retry(),
        policy.maxInFlight(),
        policy.ratePerSecond(),
        policy.ordering(),
        new Policy.Verdicts(
            new Policy.StatusSet("2xx"),
            verdicts.cancelOn(),
            verdicts.disableOn(),
            verdicts.cancelOnUnresolvable()),
        policy.dropDeliveredAfterRead());
  }

  /// Adds the routes to a listener. Each path may end with a slash.
  public void addTo(Routes routes) {
    routes.errors(errors);
    GraphEdge apps =
        new GraphEdge(
            Map.of(
                "POST", Operation.managing(subscribedApps::post),
                "GET", Operation.managing(subscribedApps::get),
                "DELETE", Operation.managing(subscribedApps::delete)));
    GraphEdge callbacks =
        new GraphEdge(
            Map.of(
                "POST", Operation.managing(subscriptions::post),
                "GET", Operation.managing(subscriptions::get),
                "DELETE", Operation.managing(subscriptions::delete)));
    GraphEdge sending = new GraphEdge(Map.of("POST", Operation.sending(messages::post)));
    // Digits win over other nodes, and so over the edges that are passed on.
    for (String digits : List.of("", ":[0-9]+")) {
      add(routes, "/{waba_id" + digits + "}/subscribed_apps", apps);
      add(routes, "/{app_id" + digits + "}/subscriptions", callbacks);
    }
    // Without a version only digits are a node: `/health` and its like are not Graph's.
    for (String id : List.of("/{phone_number_id:[0-9]+}", VERSION + "/{phone_number_id}")) {
      add(routes, id + "/messages", MAX_MESSAGE_BYTES, sending);
      addMedia(routes, id + "/media");
    }
    pass(routes, "/{node:[0-9]+}", passThrough::node);
    pass(routes, VERSION + "/{node}", passThrough::node);
    pass(routes, "/{node:[0-9]+}/{edge:[a-z][a-z0-9_]*}", passThrough::edge);
    pass(routes, VERSION + "/{node}/{edge:[a-z][a-z0-9_]*}", passThrough::edge);
    pass(routes, VERSION + "/debug_token", passThrough::debugToken);
    pass(routes, "/debug_token", passThrough::debugToken);
    GraphTree tree =
        new GraphTree(
            gate,
            Map.of("subscribed_apps", apps, "subscriptions", callbacks, "messages", sending),
            Map.of("debug_token", passThrough::debugToken),
            new GraphTree.Others(passThrough::node, passThrough::edge));
    addRoot(routes, new GraphBatch(gate, tree));
  }

  /// What stands at the root: tokens and batches.
  private void addRoot(Routes routes, GraphBatch batch) {
    for (String root : List.of("", VERSION)) {
      for (String slash : List.of("", "/")) {
        String path = root + "/oauth/access_token" + slash;
        routes.blocking("GET", path, 0, oauth::accessToken);
        routes.blocking("POST", path, MAX_BODY_BYTES, oauth::accessToken);
      }
      routes.blocking("POST", root + "/", MAX_BATCH_BYTES, batch::answer);
    }
    routes.blocking("POST", VERSION, MAX_BATCH_BYTES, batch::answer);
  }

  /// The answer to what went well.
  static ObjectNode success() {
    return Json.object().put("success", true);
  }

  private void add(Routes routes, String path, GraphEdge edge) {
    add(routes, path, MAX_BODY_BYTES, edge);
    add(routes, VERSION + path, MAX_BODY_BYTES, edge);
  }

  /// Every edge takes a GET and a POST: either may name another method in its parameters.
  private void add(Routes routes, String path, int maxBytes, GraphEdge edge) {
    for (String method : List.of("GET", "POST", "DELETE")) {
      for (String slash : List.of("", "/")) {
        routes.blocking(method, path + slash, maxBytes, request -> gate.answer(request, edge));
      }
    }
  }

  private void pass(Routes routes, String path, StreamHandler handler) {
    for (String method : List.of("GET", "POST", "DELETE")) {
      for (String slash : List.of("", "/")) {
        routes.streaming(method, path + slash, passThrough.limits(), handler);
      }
    }
  }

  private void addMedia(Routes routes, String path) {
    for (String slash : List.of("", "/")) {
      routes.streaming(
          "POST",
          path + slash,
          media.limits(),
          (head, body, reply) -> reply.send(media.answer(head, body)));
    }
  }
}
