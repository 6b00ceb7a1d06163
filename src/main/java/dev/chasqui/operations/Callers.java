package dev.chasqui.operations;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out who is calling. Tokens are looked up by their SHA-256: how long that takes tells
/// nothing of use, since nobody can choose a text by its hash.
public final class Callers {

  private static final String BEARER = "bearer ";

  private final ResourceStore resources;
  private final Secrets secrets;

  public Callers(ResourceStore resources, Secrets secrets) {
    this.resources = resources;
    this.secrets = secrets;
  }

  /// The token of an `Authorization` header, null if it holds none.
  public static @Nullable String bearer(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return null;
    }
    String token = authorization.substring(BEARER.length()).strip();
    return token.isEmpty() ? null : token;
  }

  /// The hash under which a token is stored: SHA-256, hex.
  public static String hash(String token) {
    return HexFormat.of().formatHex(sha256(token));
  }

  /// Who a token of Chasqui belongs to, empty if it is unknown, deleted or has expired.
  public Optional<Caller> byToken(String token) {
    Instant now = secrets.now();
    Optional<ResourceStore.Token> found =
        resources.token(hash(token)).filter(it -> it.isActive(now));
    found.ifPresent(it -> resources.tokensUsed(Map.of(it.id(), now)));
    return found.map(Callers::caller);
  }

  /// Who a workspace's `meta-access-token` belongs to.
  public Optional<Caller> byMetaToken(String token) {
    byte[] hash = sha256(token);
    WorkspaceId found = null;
    for (Active secret : secrets.active(Secrets.ACCESS_TOKEN)) {
      if (MessageDigest.isEqual(sha256(secret.value()), hash)) {
        found = secret.workspace();
      }
    }
    return Optional.ofNullable(found).map(it -> new Caller(it, Caller.Kind.META, null, null));
  }

  private static Caller caller(ResourceStore.Token stored) {
    Caller.Kind kind = Caller.Kind.valueOf(stored.kind().toUpperCase(Locale.ROOT));
    return new Caller(stored.workspace(), kind, stored.phoneNumberId(), stored.id());
  }

  private static byte[] sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
