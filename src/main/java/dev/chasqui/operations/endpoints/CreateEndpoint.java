package dev.chasqui.operations.endpoints;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.operations.Callers;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.shape.Output;
import dev.chasqui.store.ResourceStore.AnsweredKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Makes endpoints. A repeated call with the `Idempotency-Key` of one that was answered within a
/// day gets its answer, secret included; without a key, an endpoint that is like another one in
/// dialect, URL, scope and name is refused, since everything would be delivered twice.
final class CreateEndpoint {

  private static final Pattern KEY_FORM = Pattern.compile("[\\x21-\\x7E]{1,255}");

  /// How long a key stands for its call.
  private static final Duration KEY_AGE = Duration.ofDays(1);

  private final EndpointOperations.Parts parts;

  CreateEndpoint(EndpointOperations.Parts parts) {
    this.parts = parts;
  }

  /// @return the endpoint, or what was answered to the same call before
  ObjectNode create(Invocation call, EndpointOperations.Create wanted) throws InterruptedException {
    String key = checked(wanted.key());
    Optional<ObjectNode> known = answered(call, key, wanted.body());
    if (known.isPresent()) {
      return known.get();
    }
    ObjectNode document = document(wanted.body());
    EndpointBody.Draft draft = parts.body().read(document, true);
    String given = draft.rest().secret();
    String secret = given == null ? parts.rotation().fresh(draft.dialect().traits()) : given;
    EndpointId id = new EndpointId(parts.ids().next());
    Endpoint endpoint = EndpointChanges.created(id, call.workspace(), draft, secret);
    new CatchUpReceiver(parts.resources()).check(endpoint, document);
    if (parts.body().isDeprecated(document, endpoint.dialect())) {
      call.noteDeprecated();
    }
    return parts
        .resources()
        .inOneStep(
            () -> {
              // Of two calls at once with one key the second finds the first one's answer.
              Optional<ObjectNode> meanwhile = answered(call, key, wanted.body());
              return meanwhile.isPresent()
                  ? meanwhile.get()
                  : create(call, endpoint, draft.rest().allowTwin(), new Keyed(key, wanted.body()));
            });
  }

  /// The key of a call and its body.
  private record Keyed(@Nullable String key, Bytes body) {}

  private ObjectNode create(Invocation call, Endpoint endpoint, boolean allowTwin, Keyed keyed) {
    if (!allowTwin) {
      refuseTwin(endpoint);
    }
    ObjectNode answer =
        Output.of(
            parts
                .views()
                .ofNew(endpoint)
                .warned(FilterWarnings.of(endpoint))
                .withSecret(endpoint.access().secrets().getFirst()));
    AnsweredKey answered =
        keyed.key() == null
            ? null
            : new AnsweredKey(
                call.workspace(),
                keyed.key(),
                hash(keyed.body()),
                Json.text(answer),
                parts.clock().instant());
    parts.resources().createEndpoint(endpoint, answered);
    return answer;
  }

  /// What was answered to a call with the same key, empty if there was none.
  private Optional<ObjectNode> answered(Invocation call, @Nullable String key, Bytes body) {
    if (key == null) {
      return Optional.empty();
    }
    Instant since = parts.clock().instant().minus(KEY_AGE);
    Optional<AnsweredKey> known = parts.resources().answeredKey(call.workspace(), key, since);
    if (known.isPresent() && !known.get().bodyHash().equals(hash(body))) {
      throw Refusal.conflict("this Idempotency-Key was used with another request");
    }
    known.ifPresent(_ -> call.noteRepeated());
    return known.map(it -> (ObjectNode) Json.read(Bytes.utf8(it.answer())));
  }

  private void refuseTwin(Endpoint made) {
    for (Endpoint other : parts.resources().endpoints()) {
      if (isTwin(made, other)) {
        throw Refusal.conflict(
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

  private static @Nullable String checked(@Nullable String key) {
    if (key != null && !KEY_FORM.matcher(key).matches()) {
      throw Refusal.bad(
          "Bad request", "an Idempotency-Key has 1 to 255 visible ASCII characters", null);
    }
    return key;
  }

  private static ObjectNode document(Bytes body) {
    if (Json.read(body) instanceof ObjectNode document) {
      return document;
    }
    throw Refusal.badBody("", "must be an object");
  }

  private static String hash(Bytes body) {
    return Callers.hash(body.toUtf8());
  }
}
