package dev.chasqui.operations.tokens;

import dev.chasqui.model.IdSource;
import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Faults;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Listed;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Paging;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.shape.Digits;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.Token;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tokens: made, told once, listed, ended.
public final class TokenOperations {

  private final ResourceStore resources;
  private final ResourceChanged changed;
  private final IdSource ids;
  private final NewToken fresh;
  private final Clock clock;

  public TokenOperations(
      ResourceStore resources, ResourceChanged changed, IdSource ids, NewToken fresh, Clock clock) {
    this.resources = resources;
    this.changed = changed;
    this.ids = ids;
    this.fresh = fresh;
    this.clock = clock;
  }

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.changes("tokens.create", Create.class, "Makes a token, told once")
            .checked(this::check)
            .one(Created.class, this::create),
        Operation.reads("tokens.list", Of.class, "Lists tokens without their text")
            .pages(TokenView.class, this::list),
        Operation.changes("tokens.delete", One.class, "Ends a token at once").done(this::delete));
  }

  /// What a token is for.
  public enum Kind {
    ADMIN,
    VIEWER,
    API,
    JOURNEY;

    boolean isOfANumber() {
      return this == API || this == JOURNEY;
    }
  }

  /// A token to be made.
  public record Create(
      @Doc("What it is for: admin and viewer operate, api and journey send messages.") Kind kind,
      @Digits @Doc("The one number that an api or journey token is for; all without it.")
          @Nullable String phoneNumberId,
      @Length(100) @Doc(value = "What people know it by.", example = "helpdesk")
          @Nullable String name,
      @Doc("When it ends; never without it.") @Nullable Instant expiresAt) {}

  /// A token that was just made.
  public record Created(
      TokenId id,
      @Doc("The token itself, told this once.") String token,
      @Nullable String name,
      @Nullable Instant expiresAt) {}

  /// A page of the workspace's tokens.
  public record Of(@Flat Paging page) {}

  /// One token.
  public record One(TokenId id) {}

  /// A token without its text.
  public record TokenView(
      TokenId id,
      String kind,
      @Nullable String name,
      @Nullable String phoneNumberId,
      @Doc("Whether an operator made it or the setting admin.token.") Token.Origin origin,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Doc("When it was last used, to about a minute; null if never.")
          @Nullable Instant lastUsedAt) {

    static TokenView of(Token token) {
      return new TokenView(
          token.id(),
          token.kind(),
          token.life().name(),
          token.phoneNumberId(),
          token.life().origin(),
          token.createdAt(),
          token.life().expiresAt(),
          token.life().lastUsedAt());
    }
  }

  private Created create(Invocation call, Create wanted) {
    Instant now = clock.instant();
    TokenId id = new TokenId(ids.next());
    NewToken.Text token = fresh.make();
    Token.Life life = new Token.Life(wanted.name(), wanted.expiresAt(), null, Token.Origin.API);
    resources.putToken(
        new Token(
            id,
            call.workspace(),
            wanted.kind().name().toLowerCase(java.util.Locale.ROOT),
            wanted.phoneNumberId(),
            token.hash(),
            now,
            life));
    changed.changed();
    return new Created(id, token.text(), wanted.name(), wanted.expiresAt());
  }

  private void check(Invocation call, Create wanted, Faults faults) {
    boolean isForNoNumber = wanted.kind() != null && !wanted.kind().isOfANumber();
    if (wanted.phoneNumberId() != null && isForNoNumber) {
      faults.add("phoneNumberId", "is only for tokens of kind api or journey");
    }
    if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(clock.instant())) {
      faults.add("expiresAt", "must be later than now");
    }
  }

  private Listed<TokenView> list(Invocation call, Of of) {
    List<Token> own =
        resources.tokens().stream()
            .filter(it -> it.workspace().equals(call.workspace()))
            .sorted(Comparator.comparing(Token::id))
            .toList();
    return Listed.cut(of.page(), own, it -> it.id().toString(), TokenView::of);
  }

  private void delete(Invocation call, One one) {
    resources.inOneStep(
        () -> {
          Token token =
              resources.tokens().stream()
                  .filter(it -> it.id().equals(one.id()))
                  .filter(it -> it.workspace().equals(call.workspace()))
                  .findFirst()
                  .orElseThrow(Refusal::notFound);
          refuseLast(token);
          return resources.deleteToken(token.id());
        });
    changed.changed();
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
      throw Refusal.conflict(
          "this is the last admin token of the default workspace; make another one first with"
              + " POST /api/v1/tokens {\"kind\":\"admin\"}");
    }
  }

  private static boolean isOperators(Token token, Instant now) {
    return token.kind().equals("admin")
        && token.workspace().equals(WorkspaceId.DEFAULT)
        && token.isActive(now);
  }
}
