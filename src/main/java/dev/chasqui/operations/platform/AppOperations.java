package dev.chasqui.operations.platform;

import dev.chasqui.model.EndpointId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Callbacks;
import dev.chasqui.operations.Faults;
import dev.chasqui.operations.Handshake;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Operation.Nothing;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.ResourceStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The application: its id and its callback, which is asked by handshake before it is taken.
public final class AppOperations {

  private final ResourceStore resources;
  private final Callbacks callbacks;
  private final ResourceChanged changed;
  private final Handshake handshake;
  private final Sender sender;

  public AppOperations(
      ResourceStore resources,
      Callbacks callbacks,
      ResourceChanged changed,
      Handshake handshake,
      Sender sender) {
    this.resources = resources;
    this.callbacks = callbacks;
    this.changed = changed;
    this.handshake = handshake;
    this.sender = sender;
  }

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.reads("app.get", Nothing.class, "Tells the application and its callback")
            .one(AppView.class, (call, _) -> get(call)),
        Operation.changes("app.put", Put.class, "Sets the application and its callback")
            .checked(this::check)
            .one(AppView.class, this::put));
  }

  /// The application to be set.
  record Put(
      @Length(64) @Doc("The id of the application at Meta.") String id,
      @Length(2_048) @Doc(value = "Where its webhooks go.", example = "https://bot.example/webhook")
          URI callbackUrl,
      @Length(100) @Nullable String name,
      @Length(64 << 10)
          @Doc("What the callback's handshake is made with; required without" + " skipHandshake.")
          @Nullable String verifyToken,
      @Doc("Whether the callback is taken without a handshake.") boolean skipHandshake) {}

  /// The application.
  public record AppView(
      String id, @Nullable String name, @Nullable URI callbackUrl, EndpointId endpointId) {}

  private AppView get(Invocation call) {
    return view(resources.app(call.workspace()).orElseThrow(Refusal::notFound));
  }

  private void check(Invocation call, Put wanted, Faults faults) throws InterruptedException {
    if (!wanted.skipHandshake() && wanted.verifyToken() == null) {
      faults.add("verifyToken", "is required");
    }
    if (wanted.callbackUrl() != null) {
      faults.add("callbackUrl", sender.objection(wanted.callbackUrl()));
    }
  }

  private AppView put(Invocation call, Put wanted) {
    URI callback = wanted.callbackUrl();
    String token = wanted.verifyToken();
    if (!wanted.skipHandshake()) {
      shakeHands(callback, String.valueOf(token));
    }
    ResourceStore.App app =
        resources.inOneStep(
            () -> {
              callbacks.set(Callbacks.application(call.workspace()), callback);
              return put(call.workspace(), wanted.id(), wanted.name());
            });
    changed.changed();
    return view(app);
  }

  private ResourceStore.App put(WorkspaceId workspace, String id, @Nullable String name) {
    String former = resources.app(workspace).map(ResourceStore.App::name).orElse(null);
    ResourceStore.App app = new ResourceStore.App(workspace, id, name == null ? former : name);
    resources.putApp(app);
    return app;
  }

  private void shakeHands(URI url, String token) {
    Optional<String> failure = handshake.failure(url, token);
    if (failure.isPresent()) {
      throw Refusal.handshake(failure.get());
    }
  }

  private AppView view(ResourceStore.App app) {
    Callbacks.Place place = Callbacks.application(app.workspace());
    return new AppView(
        app.id(), app.name(), callbacks.url(place).orElse(null), Callbacks.id(place));
  }
}
