package dev.chasqui.app;

import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The secrets of all workspaces as they stand after the last change: what is stored, and for the
/// default workspace what the environment gives where nothing is stored. Immutable.
final class SecretsInForce {

  static final String VERIFY_TOKEN = "meta-verify-token";
  static final String SIGNING_SECRET = "webhook-signing-secret";
  static final String ACCESS_TOKEN = "meta-access-token";

  /// The names of the secrets and the environment variables that stand in for them.
  static final Map<String, String> FALLBACKS =
      Map.of(
          VERIFY_TOKEN, "META_VERIFY_TOKEN",
          SIGNING_SECRET, "WEBHOOK_SIGNING_SECRET",
          ACCESS_TOKEN, "META_ACCESS_TOKEN");

  private final Map<Name, List<Timed>> byName = new HashMap<>();

  /// @param stored all that are stored, of all workspaces
  /// @param environment the process environment
  SecretsInForce(List<Secret> stored, Map<String, String> environment) {
    stored.stream()
        .sorted(Comparator.comparing(Secret::since).reversed())
        .forEach(s -> add(new Name(s.workspace(), s.name()), new Timed(s.value(), s.until())));
    FALLBACKS.forEach(
        (name, variable) -> {
          String value = environment.getOrDefault(variable, "");
          Name key = new Name(WorkspaceId.DEFAULT, name);
          if (!value.isBlank() && !byName.containsKey(key)) {
            add(key, new Timed(value, null));
          }
        });
  }

  /// The active values of a secret, newest first.
  List<String> values(WorkspaceId workspace, String name, Instant now) {
    return active(workspace, name, now).stream().map(Timed::value).toList();
  }

  /// The active signing keys, newest first.
  List<SigningKey> signingKeys(WorkspaceId workspace, Instant now) {
    return active(workspace, SIGNING_SECRET, now).stream().map(Timed::key).toList();
  }

  private List<Timed> active(WorkspaceId workspace, String name, Instant now) {
    List<Timed> all = byName.getOrDefault(new Name(workspace, name), List.of());
    for (Timed timed : all) {
      if (!timed.isActive(now)) {
        return all.stream().filter(t -> t.isActive(now)).toList();
      }
    }
    return all;
  }

  private void add(Name name, Timed timed) {
    byName.computeIfAbsent(name, n -> new ArrayList<>(1)).add(timed);
  }

  private record Name(WorkspaceId workspace, String name) {}

  /// A value and when it ends.
  private static final class Timed {
    private final String value;
    private final @Nullable Instant until;
    private final SigningKey key;

    Timed(String value, @Nullable Instant until) {
      this.value = value;
      this.until = until;
      this.key = SigningKey.of(value);
    }

    String value() {
      return value;
    }

    SigningKey key() {
      return key;
    }

    boolean isActive(Instant now) {
      return until == null || until.isAfter(now);
    }
  }
}
