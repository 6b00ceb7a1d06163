package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Active;
import dev.chasqui.operations.Overlap;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.Reverifier;
import dev.chasqui.operations.Secrets;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.store.ResourceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Secrets: set, looked at masked, and used again on what was rejected before they were mended.
final class SecretRoutes {

  private static final String ROOT = "/api/v1/secrets";
  private static final int MAX_LENGTH = 512;
  private static final int MIN_LENGTH_FOR_TAIL = 12;
  private static final int TAIL = 4;

  private final ResourceStore resources;
  private final Secrets secrets;
  private final ResourceChanged changed;
  private final Reverifier reverifier;
  private final Clock clock;

  SecretRoutes(
      ResourceStore resources,
      Secrets secrets,
      ResourceChanged changed,
      Reverifier reverifier,
      Clock clock) {
    this.resources = resources;
    this.secrets = secrets;
    this.changed = changed;
    this.reverifier = reverifier;
    this.clock = clock;
  }

  List<Served> operations() {
    return List.of(
        Served.of("GET", ROOT, "Lists secrets, masked", this::list),
        Served.of("PUT", ROOT + "/{name}", "Sets a secret", this::put).with("overlap"),
        Served.of("POST", ROOT + "/{name}/reverify", "Checks rejected events again", this::reverify)
            .with("since"));
  }

  private Response list(Call call) {
    return Answer.whole(Secrets.NAMES, name -> json(call.workspace(), name));
  }

  private Answer json(WorkspaceId workspace, String name) {
    List<Active> active =
        secrets.active(name).stream().filter(it -> it.workspace().equals(workspace)).toList();
    Answer body = new Answer().add("name", name);
    List<Active> current = active.stream().filter(it -> it.until() == null).toList();
    List<Active> former = active.stream().filter(it -> it.until() != null).toList();
    if (current.isEmpty()) {
      body.nothing("tail").nothing("origin").nothing("since");
    } else {
      Active it = current.getFirst();
      body.add("tail", tail(it.value()))
          .add("origin", it.isOfEnvironment() ? "environment" : "stored")
          .time("since", it.since());
    }
    Instant until = former.isEmpty() ? null : former.getFirst().until();
    return body.time("previousValidUntil", until);
  }

  /// Of a short secret even four characters are too much.
  private static String tail(String value) {
    boolean isLong = value.length() >= MIN_LENGTH_FOR_TAIL;
    return isLong ? "…" + value.substring(value.length() - TAIL) : "…";
  }

  private Response put(Call call) {
    String name = name(call);
    Duration overlap = call.query("overlap", Overlap::parse);
    Fields fields = call.body();
    String value = fields.requiredText("value", MAX_LENGTH);
    if (!value.isEmpty()) {
      Secrets.objection(name, value).ifPresent(it -> fields.fault("value", it));
    }
    fields.check();
    Instant now = clock.instant();
    Instant until = now.plus(overlap == null ? Overlap.DEFAULT : overlap);
    resources.inOneStep(
        () -> {
          keepEnvironments(call.workspace(), name, value);
          resources.putSecret(call.workspace(), name, value, now, until);
          return name;
        });
    changed.changed();
    return Response.empty(204);
  }

  /// The first one that is set takes the place of the environment's, which is stored before it: so
  /// that it has its overlap like any other.
  private void keepEnvironments(WorkspaceId workspace, String name, String value) {
    Instant before = clock.instant().minusMillis(1);
    secrets.active(name).stream()
        .filter(it -> it.workspace().equals(workspace) && it.isOfEnvironment())
        .filter(it -> !it.value().equals(value))
        .forEach(it -> resources.putSecret(workspace, name, it.value(), before, before));
  }

  private Response reverify(Call call) throws InterruptedException {
    call.refuseBody();
    if (!name(call).equals(Secrets.SIGNING)) {
      throw ProblemException.badRequest("events are only verified with " + Secrets.SIGNING);
    }
    Instant since = call.time("since");
    Reverifier.Outcome outcome =
        reverifier.reverify(call.workspace(), since == null ? Instant.EPOCH : since);
    return new Answer()
        .add("checked", outcome.checked())
        .add("accepted", outcome.accepted())
        .response(200);
  }

  private static String name(Call call) {
    String name = call.path("name");
    if (!Secrets.NAMES.contains(name)) {
      String known = String.join(", ", Secrets.NAMES);
      throw ProblemException.notFound("there is no such secret; the names are " + known);
    }
    return name;
  }
}
