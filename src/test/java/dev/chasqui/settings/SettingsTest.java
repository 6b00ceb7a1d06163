package dev.chasqui.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir Path folder;

  @Test
  void flagsWinOverEnvironmentOverFileOverDefaults() throws IOException {
    Path file = write("journal:\n  segment: 1MiB\n  cap: 2GiB\nprojection.pace: 7ms\n");
    Settings settings =
        new SettingsLoader(
                Map.of("CHASQUI_JOURNAL_CAP", "3GiB", "CHASQUI_PUBLIC_ADDRESS", "127.0.0.1:1"))
            .file(file)
            .flags(Map.of("public.address", "127.0.0.1:0"))
            .load();
    assertThat(settings.get(Keys.JOURNAL_SEGMENT)).isEqualTo(1 << 20);
    assertThat(settings.get(Keys.JOURNAL_CAP)).isEqualTo(3L << 30);
    assertThat(settings.get(ProjectionKeys.PROJECTION_PACE)).isEqualTo(Duration.ofMillis(7));
    assertThat(settings.get(Keys.PUBLIC_ADDRESS).port()).isZero();
    assertThat(settings.get(Keys.NODE)).isEqualTo("node-1");
  }

  @Test
  void unknownAndBadKeysAreNamedWithLineAndReason() throws IOException {
    Path file = write("journal:\n  segmnt: 1MiB\nprojection:\n  pace: soon\n");
    assertThatThrownBy(() -> new SettingsLoader(Map.of()).file(file).load())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("chasqui.yaml line 2: no such setting: journal.segmnt")
        .hasMessageContaining("chasqui.yaml line 4: projection.pace: 'soon' is not a duration");
  }

  @Test
  void theFileTakesVariablesFromTheEnvironment() throws IOException {
    Path file = write("node: ${HOST_NAME}-a\nadmin:\n  token: ${MISSING}\n");
    SettingsLoader loader = new SettingsLoader(Map.of("HOST_NAME", "cusco")).file(file);
    assertThatThrownBy(loader::load)
        .hasMessageContaining("line 3: the environment has no variable MISSING");
    assertThat(
            new SettingsLoader(Map.of("HOST_NAME", "cusco", "MISSING", "x"))
                .file(file)
                .load()
                .get(Keys.NODE))
        .isEqualTo("cusco-a");
  }

  @Test
  void listsAreWrittenAsListsOrWithCommas() throws IOException {
    Path file = write("outbound:\n  allow: [127.0.0.0/8, 10.0.0.0/8]\ningress.mock: a, b\n");
    Settings settings = new SettingsLoader(Map.of()).file(file).load();
    assertThat(settings.get(ClientKeys.OUTBOUND_ALLOW))
        .containsExactly("127.0.0.0/8", "10.0.0.0/8");
    assertThat(settings.get(Keys.INGRESS_MOCK)).containsExactly("a", "b");
  }

  @Test
  void secretsAreShownAsSetOrNotSet() {
    Settings settings =
        new SettingsLoader(Map.of("CHASQUI_ADMIN_TOKEN", "s3cret-token-value")).load();
    assertThat(settings.describe().get("admin.token"))
        .isEqualTo("set (environment CHASQUI_ADMIN_TOKEN)");
    assertThat(settings.describe().toString()).doesNotContain("s3cret");
    assertThat(settings.describe().get("store.url")).isEqualTo("not set (default)");
  }

  @Test
  void everyDefaultParsesAndEverySettingStandsInTheDocument() throws IOException {
    Settings settings = new SettingsLoader(Map.of()).load();
    String document = Files.readString(Path.of("docs/settings.md"));
    for (Key<?> key : Keys.ALL) {
      assertThat(settings.get(key)).as(key.name()).isNotNull();
      String shown = key.defaultText().isEmpty() ? "-" : key.defaultText();
      assertThat(document).contains("| `" + key.name() + "` | " + shown + " | " + key.doc() + " |");
    }
  }

  @Test
  void everyConstantIsListed() {
    long constants =
        Stream.of(
                Keys.class,
                ProjectionKeys.class,
                MessageKeys.class,
                ClientKeys.class,
                EdgeKeys.class)
            .flatMap(keys -> Arrays.stream(keys.getFields()))
            .filter(f -> f.getType() == Key.class)
            .count();
    assertThat(Keys.ALL).hasSize((int) constants).doesNotHaveDuplicates();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("chasqui.yaml"), text);
  }
}
