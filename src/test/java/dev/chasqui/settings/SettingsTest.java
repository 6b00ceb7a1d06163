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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @TempDir Path folder;

  @Test
  void flagsWinOverEnvironmentOverFileOverDefaults() throws IOException {
    Path file = write("journal:\n  segment: 1MiB\n  cap: 2GiB\nprojection.writeMaxDelay: 7ms\n");
    Settings settings =
        new SettingsLoader(
                Map.of("CHASQUI_JOURNAL_CAP", "3GiB", "CHASQUI_PUBLIC_ADDRESS", "127.0.0.1:1"))
            .file(file)
            .flags(Map.of("public.address", "127.0.0.1:0"))
            .load();
    assertThat(settings.get(Keys.JOURNAL_SEGMENT)).isEqualTo(1 << 20);
    assertThat(settings.get(Keys.JOURNAL_CAP)).isEqualTo(3L << 30);
    assertThat(settings.get(ProjectionKeys.PROJECTION_WRITE_MAX_DELAY))
        .isEqualTo(Duration.ofMillis(7));
    assertThat(settings.get(Keys.PUBLIC_ADDRESS).port()).isZero();
    assertThat(settings.get(Keys.NODE)).isEqualTo("node-1");
  }

  @Test
  void unknownAndBadKeysAreNamedWithLineAndReason() throws IOException {
    Path file = write("journal:\n  segmnt: 1MiB\nprojection:\n  writeMaxDelay: soon\n");
    assertThatThrownBy(() -> new SettingsLoader(Map.of()).file(file).load())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("chasqui.yaml line 2: no such setting: journal.segmnt")
        .hasMessageContaining(
            "chasqui.yaml line 4: projection.writeMaxDelay: 'soon' is not a duration");
  }

  @Test
  void anUnknownVariableIsNamedWithTheNearestSetting() {
    Map<String, String> environment =
        Map.of("CHASQUI_OUTBOUND_ALOW", "10.0.0.0/8", "CHASQUI_DELIVERY_IN_FLIGHT", "7");
    assertThatThrownBy(() -> new SettingsLoader(environment).load())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "no such setting: CHASQUI_OUTBOUND_ALOW; the nearest is CHASQUI_OUTBOUND_ALLOW")
        .hasMessageContaining("CHASQUI_DELIVERY_IN_FLIGHT; ")
        .hasMessageNotContaining("10.0.0.0");
  }

  @ParameterizedTest
  @CsvSource({
    "journal.linger, journal.busyMaxDelay",
    "journal.patience, journal.bulkMaxDelay",
    "projection.look, projection.readInterval",
    "projection.pace, projection.writeMaxDelay",
    "fold.every, ledger.maxDelay",
    "fold.slice, ledger.slice",
    "fold.maxWaiting, ledger.maxWaiting"
  })
  void aFormerNameIsAnsweredWithTheNameOfNow(String former, String now) throws IOException {
    Path file = write(former + ": 1\n");
    String variable = Key.environmentName(former);
    assertThat(Keys.find(now)).isNotNull();
    assertThatThrownBy(() -> new SettingsLoader(Map.of(variable, "1")).file(file).load())
        .hasMessageContaining("no such setting: " + former + "; it is called " + now + " now")
        .hasMessageContaining("no such setting: " + variable + "; it is called " + now + " now");
  }

  @Test
  void whatAServiceOfKubernetesSetsIsNoSetting() {
    Map<String, String> environment =
        Map.of(
            "CHASQUI_SERVICE_HOST", "10.1.2.3",
            "CHASQUI_SERVICE_PORT_ADMIN", "8081",
            "CHASQUI_PORT", "tcp://10.1.2.3:8080",
            "CHASQUI_PORT_8080_TCP_ADDR", "10.1.2.3",
            "CHASQUI_ADMIN_SERVICE_HOST", "10.1.2.4");
    assertThat(new SettingsLoader(environment).load().get(Keys.NODE)).isEqualTo("node-1");
  }

  @Test
  void aKeyThatStandsTwiceInTheFileIsRefused() throws IOException {
    Path file = write("journal:\n  cap: 1GiB\njournal.cap: 2GiB\n");
    assertThatThrownBy(() -> new SettingsLoader(Map.of()).file(file).load())
        .hasMessageContaining(
            "chasqui.yaml line 3: journal.cap is set twice, also at chasqui.yaml line 2");
    Path groups = write("journal:\n  cap: 1GiB\njournal:\n  segment: 1MiB\n");
    assertThatThrownBy(() -> new SettingsLoader(Map.of()).file(groups).load())
        .hasMessageContaining("chasqui.yaml line 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sek\n", " sek", "sek ", "\"sek\"", "'sek'", " ", "s\u00e9k", "a b"})
  void aBadTokenIsRefusedAndItsVariableNamed(String token) {
    assertThatThrownBy(() -> new SettingsLoader(Map.of("CHASQUI_ADMIN_TOKEN", token)).load())
        .hasMessageContaining("environment CHASQUI_ADMIN_TOKEN: admin.token: the value")
        .hasMessageNotContaining("sek");
  }

  @Test
  void aLineEndBehindAValueIsRefused() {
    assertThatThrownBy(() -> new SettingsLoader(Map.of("CHASQUI_NODE", "cusco\n")).load())
        .hasMessageContaining("environment CHASQUI_NODE: node: the value must not have control");
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
                MetricsKeys.class,
                EdgeKeys.class,
                HostKeys.class)
            .flatMap(keys -> Arrays.stream(keys.getFields()))
            .filter(f -> f.getType() == Key.class)
            .count();
    assertThat(Keys.ALL).hasSize((int) constants).doesNotHaveDuplicates();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("chasqui.yaml"), text);
  }
}
