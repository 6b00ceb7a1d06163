package dev.chasqui.app;

import dev.chasqui.model.TokenId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.Token;
import dev.chasqui.store.ResourceStore.Token.Origin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Sees to it that there is an admin token: the one of the settings, or at first start a random one
/// that is printed once. Tokens are stored hashed. Another token in the settings ends the one that
/// they had before.
final class FirstToken {

  private static final System.Logger LOG = System.getLogger(FirstToken.class.getName());
  private static final String ADMIN = "admin";
  private static final int TOKEN_BYTES = 32;

  private FirstToken() {}

  static void ensure(
      ResourceStore resources, String configured, RandomGenerator random, Clock clock) {
    if (!configured.isEmpty()) {
      configured(resources, hash(configured), random, clock.instant());
      return;
    }
    Instant now = clock.instant();
    boolean hasAdmin =
        resources.tokens().stream().anyMatch(it -> it.kind().equals(ADMIN) && it.isActive(now));
    if (!hasAdmin) {
      byte[] bytes = new byte[TOKEN_BYTES];
      random.nextBytes(bytes);
      String token = "chq_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      put(resources, newId(random, now), hash(token), now, Origin.API);
      System.err.println("chasqui: the admin token, shown only now: " + token);
    }
  }

  /// The token of the settings counts, and one that the settings had before no longer does.
  private static void configured(
      ResourceStore resources, String hash, RandomGenerator random, Instant now) {
    Optional<Token> known = resources.token(hash);
    boolean isKnown =
        known
            .filter(it -> it.life().origin() == Origin.ENVIRONMENT && it.isActive(now))
            .isPresent();
    if (!isKnown) {
      TokenId id = known.map(Token::id).orElseGet(() -> newId(random, now));
      put(resources, id, hash, known.map(Token::createdAt).orElse(now), Origin.ENVIRONMENT);
    }
    for (Token token : resources.tokens()) {
      if (token.life().origin() == Origin.ENVIRONMENT && !token.hash().equals(hash)) {
        resources.deleteToken(token.id());
        LOG.log(
            System.Logger.Level.INFO,
            "token " + token.id() + ", the former admin.token, is deleted");
      }
    }
  }

  private static TokenId newId(RandomGenerator random, Instant now) {
    return new TokenId(Ulid.of(now, random.nextLong(), random.nextLong()));
  }

  private static void put(
      ResourceStore resources, TokenId id, String hash, Instant createdAt, Origin origin) {
    String name = origin == Origin.ENVIRONMENT ? "admin.token" : "first start";
    Token.Life life = new Token.Life(name, null, null, origin);
    resources.putToken(new Token(id, WorkspaceId.DEFAULT, ADMIN, null, hash, createdAt, life));
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
