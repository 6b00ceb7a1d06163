package dev.chasqui.ingress;

import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.SourceDialect;
import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Request;
import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.AuthenticationMode.Check;
import dev.chasqui.model.Cidr;
import dev.chasqui.model.SourceAccount;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out whether a sender other than Meta is who it says. An account lists the modes it takes,
/// since Exotel's pages disagree on what its callbacks prove themselves with; each mode is checks
/// that must all pass.
final class Authenticate {

  /// The name of the key in a URL's query.
  static final String URL_KEY = "key";

  private final SourceDialect dialect;

  Authenticate(SourceDialect dialect) {
    this.dialect = dialect;
  }

  /// The first of the account's modes that passes, null if none does.
  @Nullable AuthenticationMode passed(SourceAccount account, Request request, Instant now) {
    for (AuthenticationMode mode : account.admission().modes()) {
      if (passes(mode, account, request, now)) {
        return mode;
      }
    }
    return null;
  }

  private boolean passes(
      AuthenticationMode mode, SourceAccount account, Request request, Instant now) {
    for (Check check : mode.checks()) {
      boolean isPassed =
          switch (check) {
            case SIGNATURE -> isSigned(account, request, now);
            case URL_KEY -> hasKey(account.access().urlKey(), request);
            case ACCOUNT_SID -> namesAccount(account, request);
            case ADDRESS -> isListed(account.admission().addresses(), request.source());
            case NONE -> true;
          };
      if (!isPassed) {
        return false;
      }
    }
    return true;
  }

  private boolean isSigned(SourceAccount account, Request request, Instant now) {
    String header = request.headers().first(dialect.signatureHeader());
    if (header == null) {
      return false;
    }
    List<SigningKey> keys =
        account.access().signingSecrets(now).stream().map(SigningKey::of).toList();
    return dialect.isSigned(keys, request.body(), header);
  }

  private static boolean hasKey(@Nullable String key, Request request) {
    if (key == null) {
      return false;
    }
    byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
    boolean found = false;
    for (String given : keys(request)) {
      found |= MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), wanted);
    }
    return found;
  }

  /// A query that cannot be read has no key in it; the callback is recorded as any other that
  /// proves nothing.
  private static List<String> keys(Request request) {
    try {
      return request.query().all(URL_KEY);
    } catch (ProblemException _) {
      return List.of();
    }
  }

  private boolean namesAccount(SourceAccount account, Request request) {
    return dialect.names(account.id(), request.body(), request.headers().first("Content-Type"));
  }

  private static boolean isListed(List<String> addresses, InetAddress source) {
    for (String block : addresses) {
      if (Cidr.parse(block).contains(source)) {
        return true;
      }
    }
    return false;
  }
}
