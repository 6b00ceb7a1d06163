package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.delivery.Payload;
import dev.chasqui.dialect.SourceDialects;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Facts;
import dev.chasqui.journal.file.FileJournal;
import dev.chasqui.journal.file.JournalSettings;
import dev.chasqui.model.EventId;
import dev.chasqui.projection.CanonicalBody;
import dev.chasqui.store.ProjectionStore.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store's rows over a journal that is not theirs: at a position stands another event's fact.
class JournalFactsIT {

  @TempDir private Path folder;

  private FileJournal journal;
  private JournalFacts facts;
  private Source first;
  private Source second;

  @BeforeEach
  void open() throws InterruptedException {
    journal = FileJournal.open(folder, JournalSettings.DEFAULTS, 0);
    facts = new JournalFacts(journal, new CanonicalBody(new SourceDialects(List.of())));
    Fact.WebhookReceived one = Facts.webhook(1);
    Fact.WebhookReceived two = Facts.webhook(2);
    CountDownLatch durable = new CountDownLatch(2);
    journal.append(one, _ -> durable.countDown());
    journal.append(two, _ -> durable.countDown());
    durable.await();
    List<Long> positions =
        journal.read(0, 2, Integer.MAX_VALUE).entries().stream().map(e -> e.position()).toList();
    first = new Source(one.eventId(), positions.get(0));
    second = new Source(two.eventId(), positions.get(1));
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void p1AnEventIsReadWhereItsRowSaysItIs() {
    assertThat(facts.loadAll(List.of(first, second)).get(second))
        .extracting(Payload::event)
        .isEqualTo(second.event());
    assertThat(facts.load(first)).extracting(Payload::event).isEqualTo(first.event());
    assertThat(facts.encodedAll(List.of(first, second))).containsOnlyKeys(first, second);
    assertThat(facts.encoded(first)).isNotNull();
  }

  @Test
  void p1AnotherEventsFactAtThePositionCountsAsGone() {
    Source wrong = new Source(stranger(), first.position());
    Payload held = facts.load(first);
    assertThat(held).isNotNull();
    assertThat(facts.load(wrong)).as("even while the right one is held").isNull();
    assertThat(facts.loadAll(List.of(wrong, second))).containsOnlyKeys(second);
    assertThat(facts.encodedAll(List.of(wrong, second))).containsOnlyKeys(second);
    assertThat(facts.encoded(wrong)).isNull();
  }

  private static EventId stranger() {
    return Facts.webhook(3).eventId();
  }
}
