package dev.chasqui.api.graph;

import dev.chasqui.operations.Active;
import dev.chasqui.operations.Caller;
import dev.chasqui.operations.Secrets;
import dev.chasqui.store.ResourceStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// The application's own access token: its id, a bar and its secret, which is what its webhooks are
/// signed with. While no id is set the secret alone proves the application.
final class AppTokens {

  private final ResourceStore resources;
  private final Secrets secrets;

  AppTokens(ResourceStore resources, Secrets secrets) {
    this.resources = resources;
    this.secrets = secrets;
  }

  /// The owner of a token, empty if it has another form or is wrong.
  Optional<Caller> caller(String token) {
    int bar = token.indexOf('|');
    return bar < 1 ? Optional.empty() : caller(token.substring(0, bar), token.substring(bar + 1));
  }

  /// The application with an id and a secret.
  Optional<Caller> caller(String id, String secret) {
    Caller found = null;
    byte[] given = secret.getBytes(StandardCharsets.UTF_8);
    for (Active active : secrets.active(Secrets.SIGNING)) {
      byte[] value = active.value().getBytes(StandardCharsets.UTF_8);
      Optional<ResourceStore.App> app = resources.app(active.workspace());
      boolean isId = app.filter(it -> it.id().equals(id)).isPresent();
      boolean mayBe = isId || (app.isEmpty() && found == null);
      if (MessageDigest.isEqual(value, given) && mayBe) {
        found = new Caller(active.workspace(), Caller.Kind.APP, null, null);
      }
    }
    return Optional.ofNullable(found);
  }
}
