package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.Url;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Callbacks;
import dev.chasqui.operations.Handshake;
import dev.chasqui.operations.Outlet;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.store.ResourceStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The application: its id and its callback, which is asked by handshake before it is taken.
final class AppRoutes {

  private static final String PATH = "/api/v1/app";
  private static final int MAX_ID = 64;
  private static final int MAX_URL = 2_048;
  private static final int MAX_NAME = 100;

  /// Meta names no limit; a token stands in the handshake's URL.
  private static final int MAX_TOKEN = 64 << 10;

  private final ResourceStore resources;
  private final Callbacks callbacks;
  private final ResourceChanged changed;
  private final Handshake handshake;
  private final Outlet outlet;

  AppRoutes(
      ResourceStore resources,
      Callbacks callbacks,
      ResourceChanged changed,
      Handshake handshake,
      Outlet outlet) {
    this.resources = resources;
    this.callbacks = callbacks;
    this.changed = changed;
    this.handshake = handshake;
    this.outlet = outlet;
  }

  List<Served> operations() {
    return List.of(
        Served.of("GET", PATH, "Tells the application and its callback", this::get),
        Served.of("PUT", PATH, "Sets the application and its callback", this::put));
  }

  private Response get(Call call) {
    ResourceStore.App app = resources.app(call.workspace()).orElseThrow(Call::notFound);
    return json(app);
  }

  private Response put(Call call) throws InterruptedException {
    Fields fields = call.body();
    String id = fields.requiredText("id", MAX_ID);
    String url = fields.requiredText("callbackUrl", MAX_URL);
    String name = fields.text("name", MAX_NAME);
    boolean skip = fields.flag("skipHandshake", false);
    String token = skip ? fields.text("verifyToken", MAX_TOKEN) : verifyToken(fields);
    Optional<URI> callback = url.isEmpty() ? Optional.empty() : url(fields, url);
    fields.check();
    if (!skip) {
      shakeHands(callback.orElseThrow(), String.valueOf(token));
    }
    URI taken = callback.orElseThrow();
    ResourceStore.App app =
        resources.inOneStep(
            () -> {
              callbacks.set(Callbacks.application(call.workspace()), taken);
              return put(call.workspace(), id, name);
            });
    changed.changed();
    return json(app);
  }

  private ResourceStore.App put(WorkspaceId workspace, String id, @Nullable String name) {
    String former = resources.app(workspace).map(ResourceStore.App::name).orElse(null);
    ResourceStore.App app = new ResourceStore.App(workspace, id, name == null ? former : name);
    resources.putApp(app);
    return app;
  }

  private static String verifyToken(Fields fields) {
    return fields.requiredText("verifyToken", MAX_TOKEN);
  }

  private Optional<URI> url(Fields fields, String text) throws InterruptedException {
    try {
      URI url = Url.parse(text);
      Optional<String> objection = outlet.objection(url);
      objection.ifPresent(it -> fields.fault("callbackUrl", it));
      return objection.isPresent() ? Optional.empty() : Optional.of(url);
    } catch (URISyntaxException e) {
      fields.fault("callbackUrl", "must be an absolute http or https URL");
      return Optional.empty();
    }
  }

  private void shakeHands(URI url, String token) {
    Optional<String> failure = handshake.failure(url, token);
    if (failure.isPresent()) {
      throw new ProblemException(
          400,
          "Handshake failed",
          "the callback did not prove that it knows the verify token; nothing was changed",
          List.of(new ProblemException.Item("callbackUrl", failure.get())));
    }
  }

  private Response json(ResourceStore.App app) {
    Callbacks.Place place = Callbacks.application(app.workspace());
    return new Answer()
        .add("id", app.id())
        .add("name", app.name())
        .text("callbackUrl", callbacks.url(place).orElse(null))
        .text("endpointId", Callbacks.id(place))
        .response(200);
  }
}
