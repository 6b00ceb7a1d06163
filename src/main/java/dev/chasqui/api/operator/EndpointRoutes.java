package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.JsonBody;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.SendResult;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.TestDelivery;
import dev.chasqui.store.ResourceStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Endpoints: create, look at, change, switch, test, delete. A subscriber is all theirs; of a
/// callback the URL and what follows from its place are set through the application or Graph.
final class EndpointRoutes {

  static final String ROOT = "/api/v1/endpoints";
  private static final String ONE = ROOT + "/{id}";

  /// Of subscriptions that go by a former name, in the form of RFC 9745: the start of 2026.
  static final String DEPRECATED_SINCE = "@1767225600";

  /// What PATCH may change of a callback.
  private static final Set<String> OF_CALLBACKS = Set.of("headers", "policy", "tls");

  private final ResourceStore resources;
  private final ResourceChanged changed;
  private final Parts parts;
  private final CreateEndpoint create;

  EndpointRoutes(ResourceStore resources, ResourceChanged changed, Parts parts) {
    this.resources = resources;
    this.changed = changed;
    this.parts = parts;
    this.create = new CreateEndpoint(resources, changed, parts);
  }

  /// What endpoints are made and told with.
  record Parts(
      EndpointBody body,
      EndpointJson json,
      TestDelivery test,
      Rotation rotation,
      IdSource ids,
      Clock clock) {}

  List<Served> operations() {
    return List.of(
        Served.of("POST", ROOT, "Creates an endpoint; its secret is told once", create::create),
        Served.of("GET", ROOT, "Lists endpoints with their health and backlog", this::list)
            .with("limit", "cursor"),
        Served.of("GET", ONE, "Tells one endpoint", this::get),
        Served.of("PATCH", ONE, "Changes members of an endpoint", this::patch),
        Served.of("DELETE", ONE, "Deletes an endpoint; what it is owed is dead", this::delete),
        Served.of("POST", ONE + "/pause", "Stops sending; the backlog stays", this::pause),
        Served.of("POST", ONE + "/resume", "Sends again", this::resume),
        Served.of("POST", ONE + "/test", "Sends a signed sample event at once", this::test),
        Served.of("POST", ONE + "/rotate-secret", "Sets a new secret, told once", this::rotate));
  }

  private Response warned(ObjectNode document, Endpoint endpoint, Response answer) {
    boolean isDeprecated = parts.body().isDeprecated(document, endpoint.dialect());
    return isDeprecated ? answer.with("Deprecation", DEPRECATED_SINCE) : answer;
  }

  private Response list(Call call) {
    List<Endpoint> own =
        resources.endpoints().stream()
            .filter(it -> it.workspace().equals(call.workspace()))
            .sorted(Comparator.comparing(Endpoint::id))
            .toList();
    return ListPage.ofAll(call.page(), own, it -> it.id().toString(), parts.json()::writer);
  }

  private Response get(Call call) {
    return parts.json().write(find(call)).response(200);
  }

  private Response patch(Call call) throws InterruptedException {
    ObjectNode patch = call.document();
    // Looks the address up, which takes its time: others may change the endpoint meanwhile.
    var _ = patched(find(call), patch, patch.has("url"));
    Endpoint patched =
        resources.inOneStep(
            () -> {
              Endpoint made = patched(find(call), patch, false);
              resources.putEndpoint(made);
              return made;
            });
    changed.changed();
    Answer body = FilterWarnings.add(parts.json().write(patched), patched);
    return warned(patch, patched, body.response(200));
  }

  private Endpoint patched(Endpoint old, ObjectNode patch, boolean checkUrl)
      throws InterruptedException {
    refuseFixed(old, patch);
    ObjectNode merged = MergePatch.apply(EndpointBody.write(old), patch);
    Endpoint patched = EndpointChanges.patched(old, parts.body().read(merged, checkUrl));
    new CatchUpReceiver(resources).check(patched, patch);
    return patched;
  }

  private static void refuseFixed(Endpoint old, ObjectNode patch) {
    JsonBody faults = JsonBody.of(patch);
    for (String name : patch.propertyNames()) {
      if (name.equals("dialect")) {
        faults.problem(name, "cannot be changed; create another endpoint");
      } else if (name.equals("secret")) {
        faults.problem(name, "is changed by rotate-secret");
      } else if (name.equals("allowTwin")) {
        faults.problem(name, "is for new endpoints");
      } else if (old.role().isCallback() && !OF_CALLBACKS.contains(name)) {
        faults.problem(name, "of a callback is set through /api/v1/app or the Graph interface");
      }
    }
    faults.check();
  }

  /// Nothing new is owed from then on; what is owed already the dispatcher makes dead letters of,
  /// in steps, so that a long backlog holds up nobody.
  private Response delete(Call call) {
    resources.inOneStep(() -> resources.deleteEndpoint(find(call).id()));
    changed.changed();
    return Response.empty(204);
  }

  private Response pause(Call call) {
    return change(call, Switch.PAUSED);
  }

  private Response resume(Call call) {
    return change(call, Switch.ON);
  }

  private Response change(Call call, Switch switched) {
    call.refuseBody();
    Endpoint endpoint =
        resources.inOneStep(
            () -> {
              Endpoint made = find(call).switched(switched);
              refuseUnusable(made);
              resources.putEndpoint(made);
              return made;
            });
    changed.changed();
    return parts.json().write(endpoint).response(200);
  }

  /// A secret that an older version let pass, or a restored backup brought.
  private void refuseUnusable(Endpoint endpoint) {
    boolean isOn = endpoint.identity().switched() == Switch.ON;
    if (isOn && !parts.rotation().canSign(endpoint)) {
      throw new ProblemException(
          409, "Conflict", "its secret cannot be used; set another with rotate-secret first");
    }
  }

  private Response test(Call call) throws InterruptedException {
    call.refuseBody();
    Endpoint endpoint = find(call);
    TestDelivery.Sent sent = parts.test().send(endpoint);
    Answer body = new Answer().add("delivered", sent.delivered());
    switch (sent.result()) {
      case SendResult.Answered answered ->
          body.add("status", (long) answered.status())
              .add("outcome", sent.delivered() ? "delivered" : "refused")
              .nothing("error")
              .add("responseBody", answered.body().toUtf8());
      case SendResult.Failed failed ->
          body.nothing("status")
              .add("outcome", failed.failure().wire())
              .add("error", failed.detail())
              .nothing("responseBody");
    }
    return body.add("millis", sent.result().took().toMillis())
        .add("hint", hint(endpoint, sent))
        .response(200);
  }

  /// What to do about a 2xx that is no success, null if it is none.
  private static @Nullable String hint(Endpoint endpoint, TestDelivery.Sent sent) {
    boolean isRefused2xx =
        !sent.delivered()
            && sent.result() instanceof SendResult.Answered answered
            && answered.status() / 100 == 2;
    if (!isRefused2xx) {
      return null;
    }
    return "its policy counts %s alone as success, so a delivery would be sent again; if this answer"
            .formatted(endpoint.policy().verdicts().success().text())
        + " means success: PATCH /api/v1/endpoints/%s {\"policy\":{\"success\":\"2xx\"}}"
            .formatted(endpoint.id());
  }

  private Response rotate(Call call) {
    EndpointId id = find(call).id();
    if (find(call).role().isCallback()) {
      throw new ProblemException(
          409, "Conflict", "a callback is signed with the workspace's webhook-signing-secret");
    }
    Rotation.Order order = parts.rotation().order(call, find(call));
    Instant until = resources.inOneStep(() -> parts.rotation().rotate(find(call), order));
    changed.changed();
    return new Answer()
        .text("id", id)
        .add("secret", order.secret())
        .time("formerValidUntil", until)
        .response(200);
  }

  private Endpoint find(Call call) {
    return resources
        .endpoint(call.pathId("id", EndpointId::parse))
        .filter(it -> it.workspace().equals(call.workspace()))
        .orElseThrow(Call::notFound);
  }
}
