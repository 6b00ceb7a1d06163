package dev.chasqui.app;

import dev.chasqui.model.TokenId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Sees to it that there is an admin token: the one of the settings, or at first start a random one
/// that is printed once. Tokens are stored hashed.
final class FirstToken {

  private static final String ADMIN = "admin";
  private static final int TOKEN_BYTES = 32;

  private FirstToken() {}

  static void ensure(
      ResourceStore resources, String configured, RandomGenerator random, Clock clock) {
    if (!configured.isEmpty()) {
      String hash = hash(configured);
      boolean known = resources.tokens().stream().anyMatch(t -> t.hash().equals(hash));
      if (!known) {
        put(resources, hash, random, clock.instant());
      }
      return;
    }
    boolean hasAdmin = resources.tokens().stream().anyMatch(t -> t.kind().equals(ADMIN));
    if (!hasAdmin) {
      byte[] bytes = new byte[TOKEN_BYTES];
      random.nextBytes(bytes);
      String token = "chq_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      put(resources, hash(token), random, clock.instant());
      System.err.println("chasqui: the admin token, shown only now: " + token);
    }
  }

  private static void put(
      ResourceStore resources, String hash, RandomGenerator random, Instant now) {
    TokenId id = new TokenId(Ulid.of(now, random.nextLong(), random.nextLong()));
    resources.putToken(new ResourceStore.Token(id, WorkspaceId.DEFAULT, ADMIN, null, hash, now));
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
