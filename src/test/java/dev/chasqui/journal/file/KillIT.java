package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.journal.Appends;
import dev.chasqui.journal.Facts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at random moments: what was acknowledged is there.
class KillIT {

  private static final int KILLS = 5;
  private static final int MAX_ACKNOWLEDGED = 3_000;

  @TempDir Path directory;

  private final Random random = new Random();

  @Test
  void everythingAcknowledgedSurvivesEveryKill() throws Exception {
    List<Long> acknowledged = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged.addAll(runAndKill(kill * 1_000_000L, 1 + random.nextInt(MAX_ACKNOWLEDGED)));

      try (FileJournal journal = JournalImages.open(directory)) {
        List<Long> numbers = JournalImages.numbers(journal);
        Set<Long> missing = new HashSet<>(acknowledged);
        numbers.forEach(missing::remove);
        assertThat(missing).isEmpty();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        long own = (kill + 1) * 1_000_000L - 1;
        Appends.durable(journal, Facts.webhook(own));
        acknowledged.add(own);
      }
    }
  }

  /// Runs the process until it has acknowledged so many, and kills it.
  ///
  /// @return all it has acknowledged
  private List<Long> runAndKill(long firstNumber, int count) throws Exception {
    Process process = start(firstNumber);
    List<Long> acknowledged = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(process.inputReader(StandardCharsets.US_ASCII))) {
      StringBuilder line = new StringBuilder();
      for (int next = lines.read(); next >= 0; next = lines.read()) {
        // A line counts when its end was read: the kill may have cut the last one.
        if (next != '\n') {
          line.append((char) next);
          continue;
        }
        acknowledged.add(Long.parseLong(line.toString()));
        line.setLength(0);
        if (acknowledged.size() == count) {
          // By its handle: the process would close the stream that is still to be read.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(acknowledged).as("acknowledged before the kill").hasSizeGreaterThanOrEqualTo(count);
    return acknowledged;
  }

  private Process start(long firstNumber) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            AppendUntilKilled.class.getName(),
            directory.toString(),
            Long.toString(firstNumber))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
