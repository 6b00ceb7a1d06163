package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.journal.Appends;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Facts;
import dev.chasqui.journal.Journal.Entry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A journal that an earlier version wrote opens, is read, and is gone on with. The files under
/// `journal-format-1` were written by the first version, those under `journal-format-2` by the
/// first one that took in webhooks of other senders than Meta; they are never made anew.
class FormatIT {

  private static final Path FORMAT_1 = Path.of("src/test/resources/journal-format-1");
  private static final List<Fact> FACTS =
      List.of(Facts.webhook(1), Facts.duplicate(1), Facts.webhook(2, 300));

  private static final Path FORMAT_2 = Path.of("src/test/resources/journal-format-2");
  private static final List<Fact> OF_SENDERS =
      List.of(Facts.webhook(1), Facts.ofSender(2), Facts.duplicate(2), Facts.ofSender(3));

  @TempDir Path home;

  @Test
  void format2HasWebhooksOfOtherSenders() throws Exception {
    Path directory = home.resolve("journal");
    JournalImages.copy(FORMAT_2, directory);

    try (FileJournal journal = FileJournal.open(directory, JournalImages.SMALL, 0)) {
      assertThat(JournalImages.entries(journal)).extracting(Entry::fact).isEqualTo(OF_SENDERS);
    }
  }

  @Test
  void format1OpensAndIsGoneOnWith() throws Exception {
    Path directory = home.resolve("journal");
    JournalImages.copy(FORMAT_1, directory);

    try (FileJournal journal = FileJournal.open(directory, JournalImages.SMALL, 0)) {
      assertThat(journal.recovery().findings()).isEmpty();
      assertThat(JournalImages.entries(journal)).extracting(Entry::fact).isEqualTo(FACTS);
      Appends.durable(journal, Facts.webhook(3));
      assertThat(JournalImages.numbers(journal)).containsExactly(1L, 1L, 2L, 3L);
    }
  }
}
