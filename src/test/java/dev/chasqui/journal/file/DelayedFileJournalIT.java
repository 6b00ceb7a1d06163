package dev.chasqui.journal.file;

import dev.chasqui.journal.Journal;
import dev.chasqui.journal.JournalContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/// The contract with a writer that waits for larger batches.
class DelayedFileJournalIT extends JournalContract {

  @TempDir Path directory;

  @Override
  protected Journal openEmpty() {
    JournalSettings settings =
        new JournalSettings(
            128 << 10,
            1L << 30,
            0,
            64 << 20,
            new JournalSettings.Pacing(Duration.ofMillis(1), Duration.ofMillis(2)),
            Duration.ofDays(30));
    return FileJournal.open(directory, settings, 0);
  }
}
