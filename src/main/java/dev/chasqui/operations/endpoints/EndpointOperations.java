package dev.chasqui.operations.endpoints;

import dev.chasqui.json.JsonBody;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.IdSource;
import dev.chasqui.operations.Faults;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Listed;
import dev.chasqui.operations.MergePatch;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Paging;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.Replayer;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.Rotation;
import dev.chasqui.operations.shape.Body;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.operations.shape.FromHeader;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.operations.shape.Like;
import dev.chasqui.operations.shape.Output;
import dev.chasqui.operations.shape.Secret;
import dev.chasqui.operations.shape.Within;
import dev.chasqui.store.ResourceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Endpoints: create, look at, change, switch, test, delete. A subscriber is all theirs; of a
/// callback the URL and what follows from its place are set through the application or Graph.
public final class EndpointOperations {

  /// What PATCH may change of a callback.
  private static final Set<String> OF_CALLBACKS = Set.of("headers", "policy", "tls");

  private final Parts parts;
  private final CreateEndpoint create;
  private final TestEndpoint test;

  /// @param parts what endpoints are made, kept and told with
  public EndpointOperations(Parts parts, TestEndpoint test) {
    this.parts = parts;
    this.create = new CreateEndpoint(parts);
    this.test = test;
  }

  /// What endpoints are made, kept and told with.
  public record Parts(
      ResourceStore resources,
      ResourceChanged changed,
      EndpointBody body,
      EndpointViews views,
      Rotation rotation,
      IdSource ids,
      Clock clock) {}

  public List<Operation<?, ?>> all(Replayer replayer) {
    return List.of(
        Operation.changes(
                "endpoints.create", Create.class, "Creates an endpoint; its secret is told once")
            .written(EndpointView.class, this::create),
        Operation.reads("endpoints.list", Of.class, "Lists endpoints with their health and backlog")
            .pages(EndpointView.class, this::list),
        Operation.reads("endpoints.get", One.class, "Tells one endpoint")
            .one(EndpointView.class, (call, one) -> parts.views().of(find(call, one.id()))),
        Operation.changes("endpoints.edit", Patch.class, "Changes members of an endpoint")
            .one(EndpointView.class, this::patch),
        Operation.changes(
                "endpoints.delete", One.class, "Deletes an endpoint; what it is owed is dead")
            .done(this::delete),
        Operation.changes("endpoints.pause", One.class, "Stops sending; the backlog stays")
            .one(EndpointView.class, (call, one) -> change(call, one, Switch.PAUSED)),
        Operation.changes("endpoints.resume", One.class, "Sends again")
            .one(EndpointView.class, (call, one) -> change(call, one, Switch.ON)),
        Operation.changes("endpoints.test", One.class, "Sends a signed sample event at once")
            .one(TestEndpoint.Tested.class, (call, one) -> test.run(find(call, one.id()))),
        Operation.changes("endpoints.rotate-secret", Rotate.class, "Sets a new secret, told once")
            .checked(this::check)
            .one(Rotated.class, this::rotate),
        Operation.changes(
                "endpoints.retry-now", One.class, "Retries all that waits for an endpoint now")
            .one(EndpointView.class, (call, one) -> retryNow(call, one, replayer)));
  }

  /// An endpoint to be made.
  record Create(
      @FromHeader("Idempotency-Key")
          @Length(1_000)
          @Doc("A repeated call with the same key gets the first one's answer, for a day.")
          @Nullable String key,
      @Body @Like(EndpointDraft.class) Bytes body) {}

  /// A page of endpoints.
  record Of(@Flat Paging page) {}

  /// One endpoint.
  record One(EndpointId id) {}

  /// Members to be changed.
  record Patch(EndpointId id, @Body @Like(EndpointSettings.class) ObjectNode patch) {}

  /// A new secret.
  record Rotate(
      EndpointId id,
      @Secret @Doc("The new secret; one is made without it.") @Nullable String secret,
      @Within(min = "PT0S", max = "P30D")
          @Doc(value = "For how long the former one stays valid.", example = "PT24H")
          @Nullable Duration overlap) {}

  /// The new secret.
  record Rotated(EndpointId id, @Doc("Told this once.") String secret, Instant formerValidUntil) {}

  private ObjectNode create(Invocation call, Create wanted) throws InterruptedException {
    ObjectNode made = create.create(call, wanted);
    parts.changed().changed();
    return made;
  }

  private Listed<EndpointView> list(Invocation call, Of of) {
    List<Endpoint> own =
        parts.resources().endpoints().stream()
            .filter(it -> it.workspace().equals(call.workspace()))
            .sorted(Comparator.comparing(Endpoint::id))
            .toList();
    Listed<Endpoint> page = Listed.cut(of.page(), own, it -> it.id().toString(), it -> it);
    return new Listed<>(parts.views().of(page.data()), page.nextCursor());
  }

  private EndpointView patch(Invocation call, Patch wanted) throws InterruptedException {
    ObjectNode patch = wanted.patch();
    // Looks the address up, which takes its time: others may change the endpoint meanwhile.
    var _ = patched(find(call, wanted.id()), patch, patch.has("url"));
    Endpoint patched =
        parts
            .resources()
            .inOneStep(
                () -> {
                  Endpoint made = patched(find(call, wanted.id()), patch, false);
                  parts.resources().putEndpoint(made);
                  return made;
                });
    parts.changed().changed();
    if (parts.body().isDeprecated(patch, patched.dialect())) {
      call.noteDeprecated();
    }
    return parts.views().of(patched).warned(FilterWarnings.of(patched));
  }

  private Endpoint patched(Endpoint old, ObjectNode patch, boolean checkUrl)
      throws InterruptedException {
    refuseFixed(old, patch);
    ObjectNode merged = MergePatch.apply(Output.of(EndpointSettings.of(old)), patch);
    Endpoint patched = EndpointChanges.patched(old, parts.body().read(merged, checkUrl));
    new CatchUpReceiver(parts.resources()).check(patched, patch);
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
  private void delete(Invocation call, One one) {
    ResourceStore resources = parts.resources();
    resources.inOneStep(() -> resources.deleteEndpoint(find(call, one.id()).id()));
    parts.changed().changed();
  }

  private EndpointView change(Invocation call, One one, Switch switched) {
    Endpoint endpoint =
        parts
            .resources()
            .inOneStep(
                () -> {
                  Endpoint made = find(call, one.id()).switched(switched);
                  refuseUnusable(made);
                  parts.resources().putEndpoint(made);
                  return made;
                });
    parts.changed().changed();
    return parts.views().of(endpoint);
  }

  /// A secret that an older version let pass, or a restored backup brought.
  private void refuseUnusable(Endpoint endpoint) {
    boolean isOn = endpoint.identity().switched() == Switch.ON;
    if (isOn && !parts.rotation().canSign(endpoint)) {
      throw Refusal.conflict("its secret cannot be used; set another with rotate-secret first");
    }
  }

  private void check(Invocation call, Rotate wanted, Faults faults) {
    if (wanted.id() != null && wanted.secret() != null) {
      Endpoint endpoint = find(call, wanted.id());
      faults.add("secret", parts.rotation().objection(endpoint, wanted.secret()));
    }
  }

  private Rotated rotate(Invocation call, Rotate wanted) {
    Endpoint now = find(call, wanted.id());
    if (now.role().isCallback()) {
      throw Refusal.conflict("a callback is signed with the workspace's webhook-signing-secret");
    }
    Rotation.Order order = parts.rotation().order(now, wanted.secret(), wanted.overlap());
    Instant until =
        parts.resources().inOneStep(() -> parts.rotation().rotate(find(call, wanted.id()), order));
    parts.changed().changed();
    return new Rotated(now.id(), order.secret(), until);
  }

  private EndpointView retryNow(Invocation call, One one, Replayer replayer) {
    Endpoint endpoint = find(call, one.id());
    Replayer.refuseUnlessOn(endpoint);
    replayer.retryNow(endpoint.id());
    return parts.views().of(endpoint);
  }

  private Endpoint find(Invocation call, EndpointId id) {
    return parts
        .resources()
        .endpoint(id)
        .filter(it -> it.workspace().equals(call.workspace()))
        .orElseThrow(Refusal::notFound);
  }
}
