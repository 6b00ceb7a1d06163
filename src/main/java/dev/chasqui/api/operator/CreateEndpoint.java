package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.operations.Callers;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.AnsweredKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes endpoints. A repeated call with the `Idempotency-Key` of one that was answered within a
/// day gets its answer, secret included; without a key, an endpoint that is like another one in
/// dialect, URL, scope and name is refused, since everything would be delivered twice.
final class CreateEndpoint {

  private static final String KEY = "Idempotency-Key";
  private static final Pattern KEY_FORM = Pattern.compile("[\\x21-\\x7E]{1,255}");

  /// How long a key stands for its call.
  private static final Duration KEY_AGE = Duration.ofDays(1);

  private final ResourceStore resources;
  private final ResourceChanged changed;
  private final EndpointRoutes.Parts parts;

  CreateEndpoint(ResourceStore resources, ResourceChanged changed, EndpointRoutes.Parts parts) {
    this.resources = resources;
    this.changed = changed;
    this.parts = parts;
  }

  Response create(Call call) throws InterruptedException {
    String key = key(call);
    Optional<Response> known = answered(call, key);
    if (known.isPresent()) {
      return known.get();
    }
    EndpointBody.Draft draft = parts.body().read(call.document(), true);
    String given = draft.rest().secret();
    String secret = given == null ? parts.rotation().fresh(draft.dialect().traits()) : given;
    EndpointId id = new EndpointId(parts.ids().next());
    Endpoint endpoint = EndpointChanges.created(id, call.workspace(), draft, secret);
    new CatchUpReceiver(resources).check(endpoint, call.document());
    Response answer =
        resources.inOneStep(
            () -> {
              // Of two calls at once with one key the second finds the first one's answer.
              Optional<Response> meanwhile = answered(call, key);
              return meanwhile.isPresent()
                  ? meanwhile.get()
                  : create(call, endpoint, draft.rest().allowTwin(), key);
            });
    changed.changed();
    boolean isDeprecated = parts.body().isDeprecated(call.document(), endpoint.dialect());
    return isDeprecated ? answer.with("Deprecation", EndpointRoutes.DEPRECATED_SINCE) : answer;
  }

  private Response create(Call call, Endpoint endpoint, boolean allowTwin, @Nullable String key) {
    if (!allowTwin) {
      refuseTwin(endpoint);
    }
    Answer body = parts.json().writeNew(endpoint);
    Response answer =
        FilterWarnings.add(body, endpoint)
            .add("secret", endpoint.access().secrets().getFirst())
            .response(201)
            .with("Location", location(endpoint.id()));
    AnsweredKey answered =
        key == null
            ? null
            : new AnsweredKey(
                call.workspace(), key, hash(call), answer.body().toUtf8(), parts.clock().instant());
    resources.createEndpoint(endpoint, answered);
    return answer;
  }

  /// What was answered to a call with the same key, empty if there was none.
  private Optional<Response> answered(Call call, @Nullable String key) {
    if (key == null) {
      return Optional.empty();
    }
    Instant since = parts.clock().instant().minus(KEY_AGE);
    Optional<AnsweredKey> known = resources.answeredKey(call.workspace(), key, since);
    if (known.isPresent() && !known.get().bodyHash().equals(hash(call))) {
      throw new ProblemException(
          409, "Conflict", "this Idempotency-Key was used with another request");
    }
    return known.map(CreateEndpoint::again);
  }

  private static Response again(AnsweredKey known) {
    Bytes body = Bytes.utf8(known.answer());
    String id = Json.read(body).path("id").asString();
    return Response.json(201, body)
        .with("Location", location(EndpointId.parse(id)))
        .with("Idempotent-Replayed", "true");
  }

  private void refuseTwin(Endpoint made) {
    for (Endpoint other : resources.endpoints()) {
      if (isTwin(made, other)) {
        throw new ProblemException(
            409,
            "Conflict",
            "endpoint "
                + other.id()
                + " has the same dialect, URL, scope and name, so that everything would be"
                + " delivered twice; with \"allowTwin\":true it is made all the same");
      }
    }
  }

  private static boolean isTwin(Endpoint made, Endpoint other) {
    return other.role() == made.role()
        && other.workspace().equals(made.workspace())
        && other.dialect() == made.dialect()
        && other.url().equals(made.url())
        && other.scope().equals(made.scope())
        && other.identity().name().equals(made.identity().name());
  }

  private static @Nullable String key(Call call) {
    String key = call.request().headers().first(KEY);
    if (key != null && !KEY_FORM.matcher(key).matches()) {
      throw ProblemException.badRequest("an Idempotency-Key has 1 to 255 visible ASCII characters");
    }
    return key;
  }

  private static String hash(Call call) {
    return Callers.hash(call.request().body().toUtf8());
  }

  private static String location(EndpointId id) {
    return EndpointRoutes.ROOT + "/" + id;
  }
}
