package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.settings.Settings;
import dev.chasqui.settings.SettingsException;
import dev.chasqui.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MemoryBoundsTest {

  private static final long MIB = 1L << 20;

  @Test
  void theDefaultsFitIntoTheLaunchersHeap() throws IOException {
    Matcher heap =
        Pattern.compile("-Xmx([0-9]+)m -Xmn([0-9]+)m.*-XX:SurvivorRatio=([0-9]+)")
            .matcher(Files.readString(Path.of("chasqui")));
    assertThat(heap.find()).isTrue();
    // Java counts one survivor space out.
    long survivor = Long.parseLong(heap.group(2)) / (Long.parseLong(heap.group(3)) + 2);
    long bytes = (Long.parseLong(heap.group(1)) - survivor) * MIB;
    assertThatCode(() -> MemoryBounds.check(settings(Map.of()), bytes)).doesNotThrowAnyException();
  }

  /// A process without memory neither works nor ends by itself.
  @Test
  void theLauncherHasOutOfMemoryEndTheProcess() throws IOException {
    assertThat(Files.readString(Path.of("chasqui"))).contains(" -XX:+ExitOnOutOfMemoryError ");
  }

  @Test
  void boundsThatDoNotFitAreRefusedWithTheirSum() {
    Settings settings = settings(Map.of("journal.waiting", "2GiB"));
    assertThatThrownBy(() -> MemoryBounds.check(settings, 512 * MIB))
        .isInstanceOf(SettingsException.class)
        .hasMessageMatching(
            "(?s)the bounds on memory add up to 2[0-9]{3} MiB, but the heap is 512 MiB: .*")
        .hasMessageContaining("\n  2048 MiB journal.waiting\n")
        .hasMessageContaining(" MiB delivery.inMemory");
  }

  private static Settings settings(Map<String, String> flags) {
    return new SettingsLoader(Map.of()).flags(flags).load();
  }
}
