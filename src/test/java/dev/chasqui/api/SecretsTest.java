package dev.chasqui.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {

  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final WorkspaceId OTHER = new WorkspaceId("other");

  private final MemoryResources resources = new MemoryResources();

  @Test
  void theEnvironmentStandsInForTheDefaultWorkspaceAlone() {
    assertThat(active(NOW)).containsExactly("default from-environment");
  }

  @Test
  void aStoredSecretWinsAndAnotherWorkspacesDoesNotHideTheEnvironment() {
    resources.putSecret(OTHER, Secrets.SIGNING, "theirs", NOW, NOW);
    assertThat(active(NOW)).containsExactly("other theirs", "default from-environment");
    resources.putSecret(WorkspaceId.DEFAULT, Secrets.SIGNING, "ours", NOW, NOW);
    assertThat(active(NOW)).containsExactly("other theirs", "default ours");
  }

  @Test
  void aFormerSecretCountsUntilItsTimeIsOver() {
    Instant until = NOW.plus(Duration.ofHours(1));
    resources.putSecret(WorkspaceId.DEFAULT, Secrets.SIGNING, "first", NOW, NOW);
    resources.putSecret(WorkspaceId.DEFAULT, Secrets.SIGNING, "second", NOW, until);
    assertThat(active(until.minusMillis(1))).containsExactly("default second", "default first");
    assertThat(active(until)).containsExactly("default second");
  }

  @Test
  void aSecretIsNeverPrinted() {
    resources.putSecret(WorkspaceId.DEFAULT, Secrets.SIGNING, "hush-hush", NOW, NOW);
    Secrets secrets = new Secrets(resources, Map.of(), Clock.fixed(NOW, ZoneOffset.UTC));
    assertThat(secrets.active(Secrets.SIGNING).toString()).doesNotContain("hush");
  }

  private List<String> active(Instant at) {
    Map<String, String> environment = Map.of(Secrets.SIGNING, "from-environment");
    Secrets secrets = new Secrets(resources, environment, Clock.fixed(at, ZoneOffset.UTC));
    return secrets.active(Secrets.SIGNING).stream()
        .map(it -> it.workspace() + " " + it.value())
        .toList();
  }
}
