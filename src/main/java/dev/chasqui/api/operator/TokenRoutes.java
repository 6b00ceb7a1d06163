package dev.chasqui.api.operator;

import dev.chasqui.api.Callers;
import dev.chasqui.api.ResourceChanged;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.TokenId;
import dev.chasqui.store.ResourceStore;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Tokens: made, told once, stored hashed.
final class TokenRoutes {

  private static final Set<String> KINDS = Set.of("admin", "viewer", "api", "journey");
  private static final Set<String> OF_A_NUMBER = Set.of("api", "journey");
  private static final String PREFIX = "chq_";
  private static final int BYTES = 32;

  private final ResourceStore resources;
  private final ResourceChanged changed;
  private final IdSource ids;
  private final RandomGenerator random;
  private final Clock clock;

  TokenRoutes(
      ResourceStore resources,
      ResourceChanged changed,
      IdSource ids,
      RandomGenerator random,
      Clock clock) {
    this.resources = resources;
    this.changed = changed;
    this.ids = ids;
    this.random = random;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("POST", "/api/v1/tokens", "Makes a token, told once", this::create),
        Operation.of("GET", "/api/v1/tokens", "Lists tokens without their text", this::list));
  }

  private Response create(Call call) {
    Fields fields = call.body();
    String kind = fields.requiredText("kind", 20);
    if (!kind.isEmpty() && !KINDS.contains(kind)) {
      fields.fault("kind", "must be admin, viewer, api or journey");
    }
    String number = fields.digits("phoneNumberId");
    if (number != null && KINDS.contains(kind) && !OF_A_NUMBER.contains(kind)) {
      fields.fault("phoneNumberId", "is only for tokens of kind api or journey");
    }
    fields.check();
    TokenId id = new TokenId(ids.next());
    String token = token();
    resources.putToken(
        new ResourceStore.Token(
            id, call.workspace(), kind, number, Callers.hash(token), clock.instant()));
    changed.changed();
    return new Answer().text("id", id).add("token", token).response(201);
  }

  private Response list(Call call) {
    List<ResourceStore.Token> own =
        resources.tokens().stream()
            .filter(it -> it.workspace().equals(call.workspace()))
            .sorted((a, b) -> a.id().compareTo(b.id()))
            .toList();
    return ListPage.of(call.page(), own, it -> it.id().toString(), TokenRoutes::json);
  }

  private static Answer json(ResourceStore.Token token) {
    return new Answer()
        .text("id", token.id())
        .add("kind", token.kind())
        .add("phoneNumberId", token.phoneNumberId())
        .time("createdAt", token.createdAt());
  }

  private String token() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
