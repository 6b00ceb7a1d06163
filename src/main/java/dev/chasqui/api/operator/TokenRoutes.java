package dev.chasqui.api.operator;

import dev.chasqui.api.Callers;
import dev.chasqui.api.ResourceChanged;
import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.Token;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Tokens: made, told once, stored hashed.
final class TokenRoutes {

  private static final Set<String> KINDS = Set.of("admin", "viewer", "api", "journey");
  private static final Set<String> OF_A_NUMBER = Set.of("api", "journey");
  private static final String PREFIX = "chq_";
  private static final int BYTES = 32;
  private static final int MAX_NAME = 100;

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
        Operation.of("GET", "/api/v1/tokens", "Lists tokens without their text", this::list)
            .with("limit", "cursor"),
        Operation.of("DELETE", "/api/v1/tokens/{id}", "Ends a token at once", this::delete));
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
    String name = fields.text("name", MAX_NAME);
    Instant now = clock.instant();
    Instant end = fields.parsed("expiresAt", Call::instant);
    if (end != null && !end.isAfter(now)) {
      fields.fault("expiresAt", "must be later than now");
    }
    fields.check();
    TokenId id = new TokenId(ids.next());
    String token = token();
    Token.Life life = new Token.Life(name, end, null, Token.Origin.API);
    resources.putToken(
        new Token(id, call.workspace(), kind, number, Callers.hash(token), now, life));
    changed.changed();
    return new Answer()
        .text("id", id)
        .add("token", token)
        .add("name", name)
        .time("expiresAt", end)
        .response(201);
  }

  private Response delete(Call call) {
    TokenId id = call.pathId("id", TokenId::parse);
    resources.inOneStep(
        () -> {
          Token token =
              resources.tokens().stream()
                  .filter(it -> it.id().equals(id) && it.workspace().equals(call.workspace()))
                  .findFirst()
                  .orElseThrow(Call::notFound);
          refuseLast(token);
          return resources.deleteToken(id);
        });
    changed.changed();
    return Response.empty(204);
  }

  /// Without an admin token of the default workspace nobody could make another.
  private void refuseLast(Token token) {
    Instant now = clock.instant();
    boolean isLast =
        isOperators(token, now)
            && resources.tokens().stream()
                .filter(it -> isOperators(it, now))
                .allMatch(it -> it.id().equals(token.id()));
    if (isLast) {
      throw new ProblemException(
          409,
          "Conflict",
          "this is the last admin token of the default workspace; make another one first with"
              + " POST /api/v1/tokens {\"kind\":\"admin\"}");
    }
  }

  private static boolean isOperators(Token token, Instant now) {
    return token.kind().equals("admin")
        && token.workspace().equals(WorkspaceId.DEFAULT)
        && token.isActive(now);
  }

  private Response list(Call call) {
    List<Token> own =
        resources.tokens().stream()
            .filter(it -> it.workspace().equals(call.workspace()))
            .sorted((a, b) -> a.id().compareTo(b.id()))
            .toList();
    return ListPage.of(call.page(), own, it -> it.id().toString(), TokenRoutes::json);
  }

  private static Answer json(Token token) {
    return new Answer()
        .text("id", token.id())
        .add("kind", token.kind())
        .add("name", token.life().name())
        .add("phoneNumberId", token.phoneNumberId())
        .add("origin", token.life().origin().name().toLowerCase(Locale.ROOT))
        .time("createdAt", token.createdAt())
        .time("expiresAt", token.life().expiresAt())
        .time("lastUsedAt", token.life().lastUsedAt());
  }

  private String token() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
