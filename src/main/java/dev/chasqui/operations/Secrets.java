package dev.chasqui.operations;

import dev.chasqui.model.TextRule;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The secrets of workspaces: those that are stored, and for the default workspace those of the
/// environment where none is stored.
public final class Secrets {

  /// What a callback's handshake is checked with.
  public static final String VERIFY_TOKEN = "meta-verify-token";

  /// What webhooks are signed with.
  public static final String SIGNING = "webhook-signing-secret";

  /// What upstream calls are made with, and what Graph's callers may use.
  public static final String ACCESS_TOKEN = "meta-access-token";

  /// All names there are.
  public static final List<String> NAMES = List.of(VERIFY_TOKEN, SIGNING, ACCESS_TOKEN);

  private final ResourceStore resources;
  private final Map<String, String> environment;
  private final Clock clock;

  /// @param environment values of the default workspace by name, for names that are not stored
  public Secrets(ResourceStore resources, Map<String, String> environment, Clock clock) {
    this.resources = resources;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /// What is wrong with a value that is set now for a secret, empty if nothing is.
  public static Optional<String> objection(String name, String value) {
    if (!name.equals(ACCESS_TOKEN)) {
      return TextRule.secretObjection(value);
    }
    boolean isWithScheme = value.strip().toLowerCase(Locale.ROOT).startsWith("bearer ");
    return isWithScheme
        ? Optional.of("must be the token alone, without Bearer")
        : TextRule.secretObjection(value).or(() -> TextRule.tokenObjection(value));
  }

  /// Why a stored value of a secret cannot be used, empty if it can. What [#objection] lets pass
  /// can always be used.
  public static Optional<String> unusable(String name, String value) {
    return name.equals(ACCESS_TOKEN) ? TextRule.tokenObjection(value) : TextRule.objection(value);
  }

  /// The time by which secrets and tokens end.
  Instant now() {
    return clock.instant();
  }

  /// The secrets of one name that are valid now in any workspace, the current ones first.
  public List<Active> active(String name) {
    Instant now = clock.instant();
    List<Active> found = new ArrayList<>();
    List<Active> former = new ArrayList<>();
    for (ResourceStore.Secret secret : resources.secrets()) {
      if (secret.name().equals(name)) {
        Active active = Active.stored(secret);
        if (secret.until() == null) {
          found.add(active);
        } else if (secret.until().isAfter(now)) {
          former.add(active);
        }
      }
    }
    addEnvironment(found, name);
    found.addAll(former);
    return found;
  }

  private void addEnvironment(List<Active> current, String name) {
    String value = environment.get(name);
    boolean stored = current.stream().anyMatch(a -> a.workspace().equals(WorkspaceId.DEFAULT));
    if (value != null && !stored) {
      current.add(Active.ofEnvironment(name, value));
    }
  }
}
