package dev.chasqui.api.graph;

import dev.chasqui.api.Callbacks;
import dev.chasqui.api.Callers;
import dev.chasqui.api.Handshake;
import dev.chasqui.api.Outlet;
import dev.chasqui.api.ResourceChanged;
import dev.chasqui.api.Secrets;
import dev.chasqui.api.media.MediaUpstream;
import dev.chasqui.http.server.Routes;
import dev.chasqui.json.Json;
import dev.chasqui.messaging.SendAnswer;
import dev.chasqui.messaging.Submission;
import dev.chasqui.messaging.UpstreamAnswer;
import dev.chasqui.model.Policy;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Meta's interface to callbacks and their overrides, on the public listener, so that a client of
/// the Graph API can be pointed at the gateway (docs/overrides.md). Any version is taken, and none.
public final class GraphApi {

  private static final int MAX_BODY_BYTES = 64 << 10;
  private static final int MAX_MESSAGE_BYTES = 1 << 20;
  private static final String VERSION = "/{version:v[0-9]+\\.[0-9]+}";

  private final GraphDoor door;
  private final SubscribedApps subscribedApps;
  private final PhoneNumberNode phoneNumbers;
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
      Outlet outlet,
      ResourceChanged changed,
      RandomGenerator random,
      Messaging messaging) {}

  /// What sends messages.
  ///
  /// @param sends the message service
  /// @param posts asked directly where a body is no message: `status: read`, typing indicators
  /// @param media takes files up
  public record Messaging(Sends sends, Posts posts, MediaUpstream media) {}

  /// Sends messages.
  @FunctionalInterface
  public interface Sends {
    /// Sends a message once, and tells what came of it.
    SendAnswer send(Submission submission) throws InterruptedException;
  }

  /// Posts documents to a number's `messages` upstream.
  @FunctionalInterface
  public interface Posts {
    /// @param version as `v24.0`, null for the setting's
    UpstreamAnswer post(
        WorkspaceId workspace, String phoneNumberId, @Nullable String version, ObjectNode document)
        throws InterruptedException;
  }

  public GraphApi(Context context) {
    ResourceStore resources = context.resources();
    Callbacks callbacks = new Callbacks(resources, context.policy());
    Accounts accounts = new Accounts(resources);
    CallbackCheck check =
        new CallbackCheck(context.outlet(), new Handshake(context.outlet(), context.random()));
    ResourceChanged changed = context.changed();
    this.door = new GraphDoor(new Callers(resources, context.secrets()), context.random());
    this.subscribedApps = new SubscribedApps(resources, callbacks, accounts, check, changed);
    this.phoneNumbers = new PhoneNumberNode(callbacks, accounts, check, changed);
    this.messages = new MessagesNode(accounts, context.messaging());
    this.media = new MediaNode(accounts, context.messaging().media());
    this.subscriptions = new AppSubscriptions(resources, callbacks, check, changed);
  }

  /// Adds the routes to a listener.
  public void addTo(Routes routes) {
    add(routes, "POST", "/{waba_id}/subscribed_apps", subscribedApps::post);
    add(routes, "GET", "/{waba_id}/subscribed_apps", subscribedApps::get);
    add(routes, "DELETE", "/{waba_id}/subscribed_apps", subscribedApps::delete);
    add(routes, "POST", "/{app_id}/subscriptions", subscriptions::post);
    add(routes, "GET", "/{app_id}/subscriptions", subscriptions::get);
    add(routes, "DELETE", "/{app_id}/subscriptions", subscriptions::delete);
    addMessages(routes, "/{phone_number_id:[0-9]+}/messages");
    addMessages(routes, VERSION + "/{phone_number_id}/messages");
    addMedia(routes, "/{phone_number_id:[0-9]+}/media");
    addMedia(routes, VERSION + "/{phone_number_id}/media");
    addNode(routes, "POST", phoneNumbers::post);
    addNode(routes, "GET", phoneNumbers::get);
  }

  /// The answer to what went well.
  static ObjectNode success() {
    return Json.object().put("success", true);
  }

  private void add(Routes routes, String method, String path, GraphDoor.Handler handler) {
    route(routes, method, path, handler);
    route(routes, method, VERSION + path, handler);
  }

  private void addMessages(Routes routes, String path) {
    routes.blocking(
        "POST", path, MAX_MESSAGE_BYTES, request -> door.passSender(request, messages::post));
  }

  private void addMedia(Routes routes, String path) {
    routes.streaming(
        "POST",
        path,
        media.limits(),
        (head, body, reply) -> reply.send(door.passSender(head, call -> media.post(call, body))));
  }

  /// Without a version only digits are a node: `/health` and its like are not Graph's.
  private void addNode(Routes routes, String method, GraphDoor.Handler handler) {
    route(routes, method, "/{phone_number_id:[0-9]+}", handler);
    route(routes, method, VERSION + "/{phone_number_id}", handler);
  }

  private void route(Routes routes, String method, String path, GraphDoor.Handler handler) {
    routes.blocking(method, path, MAX_BODY_BYTES, request -> door.pass(request, handler));
  }
}
