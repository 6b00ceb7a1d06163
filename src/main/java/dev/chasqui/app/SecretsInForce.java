package dev.chasqui.app;

import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Secrets;
import dev.chasqui.settings.SettingsException;
import dev.chasqui.store.ResourceStore.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The secrets of all workspaces as they stand after the last change: what is stored, and for the
/// default workspace what the environment gives where nothing is stored. Immutable.
final class SecretsInForce {

  /// The names of the secrets and the environment variables that stand in for them.
  private static final Map<String, String> VARIABLES =
      Map.of(
          Secrets.VERIFY_TOKEN, "META_VERIFY_TOKEN",
          Secrets.SIGNING, "WEBHOOK_SIGNING_SECRET",
          Secrets.ACCESS_TOKEN, "META_ACCESS_TOKEN");

  private final Map<Name, List<Timed>> byName = new HashMap<>();

  /// @param stored all that are stored, of all workspaces
  /// @param fallbacks of the default workspace, by name of the secret
  SecretsInForce(List<Secret> stored, Map<String, String> fallbacks) {
    stored.stream()
        .sorted(Comparator.comparing(Secret::since).reversed())
        .forEach(s -> add(new Name(s.workspace(), s.name()), Timed.of(s)));
    fallbacks.forEach(
        (name, value) -> {
          Name key = new Name(WorkspaceId.DEFAULT, name);
          if (!byName.containsKey(key)) {
            add(key, new Timed(value, null, key(name, value)));
          }
        });
  }

  /// The secrets of the default workspace that the environment gives, by name of the secret.
  static Map<String, String> fromEnvironment(Map<String, String> environment) {
    Map<String, String> found = new HashMap<>();
    VARIABLES.forEach(
        (name, variable) -> {
          String value = environment.getOrDefault(variable, "");
          if (!value.isBlank()) {
            found.put(name, value);
          }
        });
    return found;
  }

  /// Holds the environment's secrets to the rules that the API has for them.
  ///
  /// @throws SettingsException that names each variable whose value is refused
  static void check(Map<String, String> environment) {
    List<String> faults = new ArrayList<>();
    VARIABLES.forEach(
        (name, variable) -> {
          String value = environment.getOrDefault(variable, "");
          if (!value.isEmpty()) {
            Secrets.objection(name, value)
                .ifPresent(it -> faults.add("environment " + variable + ": the value " + it));
          }
        });
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
  }

  /// Which secrets the environment sets, without their values.
  static Map<String, String> describe(Map<String, String> environment) {
    Map<String, String> lines = new TreeMap<>();
    for (String variable : VARIABLES.values()) {
      boolean isSet = !environment.getOrDefault(variable, "").isEmpty();
      lines.put(variable, (isSet ? "set" : "not set") + " (environment)");
    }
    return lines;
  }

  /// The active values of a secret, newest first.
  List<String> values(WorkspaceId workspace, String name, Instant now) {
    return active(workspace, name, now).stream().map(Timed::value).toList();
  }

  /// The active signing keys, newest first.
  List<SigningKey> signingKeys(WorkspaceId workspace, Instant now) {
    List<Timed> active = active(workspace, Secrets.SIGNING, now);
    List<SigningKey> keys = new ArrayList<>(active.size());
    for (Timed secret : active) {
      if (secret.key() != null) {
        keys.add(secret.key());
      }
    }
    return keys;
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

  /// Only what webhooks are signed with is made a key.
  private static @Nullable SigningKey key(String name, String value) {
    return name.equals(Secrets.SIGNING) ? SigningKey.of(value) : null;
  }

  /// A value and when it ends; never printed.
  private record Timed(String value, @Nullable Instant until, @Nullable SigningKey key) {

    static Timed of(Secret secret) {
      String value = secret.value();
      return new Timed(value, secret.until(), SecretsInForce.key(secret.name(), value));
    }

    @Override
    public String toString() {
      return "Timed[until " + until + "]";
    }

    boolean isActive(Instant now) {
      return until == null || until.isAfter(now);
    }
  }
}
