package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.meta.ItemKeys;
import dev.chasqui.journal.Appends;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.file.FileJournal;
import dev.chasqui.journal.file.JournalSettings;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventRow.State;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.SecretSealer;
import dev.chasqui.store.Store;
import dev.chasqui.store.sql.SqlStore;
import dev.chasqui.store.sql.StoreSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The projection over a real journal and a real database file.
class ProjectionIT {

  private static final JournalSettings SMALL =
      new JournalSettings(
          256 << 10, 64 << 20, 0, 16 << 20, JournalSettings.Pacing.NONE, Duration.ofDays(30));

  @TempDir Path folder;
  private final Rules rules = new Rules().application("app");
  private Journal journal;
  private Store store;
  private ProjectionRun run;

  @BeforeEach
  void open() {
    store = openStore(folder);
    journal = FileJournal.open(folder.resolve("journal"), SMALL, store.projection().cursor(0));
    run = ProjectionRun.start(journal, store, rules);
  }

  @AfterEach
  void close() {
    run.close();
    journal.close();
    store.close();
  }

  /// Product.md, P2.
  @Test
  void p2EveryEventReachesAVisibleState() throws InterruptedException {
    append(
        Webhooks.message(1, "wamid.A"),
        Webhooks.rejected(2, "wamid.B"),
        Webhooks.message(3, "wamid.A"),
        Webhooks.broken(4),
        new Fact.DuplicateSeen(Webhooks.id(1), Webhooks.AT));
    run.caughtUp();

    assertThat(IntStream.rangeClosed(1, 4).mapToObj(this::state))
        .containsExactly(State.PROCESSED, State.REJECTED, State.DUPLICATE, State.FAILED);
    assertThat(store.events().find(Webhooks.id(1)).orElseThrow().sightings()).isEqualTo(2);
    assertThat(store.jobs().list(WorkspaceId.DEFAULT, PageRequest.first()).data())
        .singleElement()
        .satisfies(job -> assertThat(job.event()).isEqualTo(Webhooks.id(4)));
    assertThat(deliveries()).hasSize(1);
  }

  @Test
  void p3SameItemInTwoEnvelopesIsDeliveredOnceAcrossRestarts() throws InterruptedException {
    append(Webhooks.message(1, "wamid.A"), Webhooks.message(2, "wamid.B"));
    run.caughtUp();
    restart();
    append(Webhooks.messages(3, "wamid.A", "wamid.C"));
    run.caughtUp().withLedger();
    restart();
    append(Webhooks.messages(4, "wamid.B", "wamid.C"));
    run.caughtUp();

    assertThat(deliveries())
        .extracting(DeliveryView::selection)
        .containsExactlyInAnyOrder(null, null, "0.0.1");
    assertThat(state(4)).isEqualTo(State.DUPLICATE);
  }

  @Test
  void sameItemFromManySendersAtOnceIsDeliveredOnce() throws InterruptedException {
    int senders = 8;
    int each = 50;
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads =
        IntStream.range(0, senders)
            .mapToObj(
                sender ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              awaitUnchecked(go);
                              for (int i = 0; i < each; i++) {
                                append(Webhooks.message(1 + sender * each + i, "wamid." + i));
                              }
                            }))
            .toList();
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    run.caughtUp().withLedger();

    assertThat(count()).isEqualTo(each);
    assertThat(store.events().counts(WorkspaceId.DEFAULT)).isNotEmpty();
  }

  @Test
  void oneMalformedAmongAThousandStopsNone() throws InterruptedException {
    append(Webhooks.oneMalformedAmong(1, 1000, 500));
    run.caughtUp().withLedger();

    List<EventRow.Item> items = new ArrayList<>();
    Page<EventRow.Item> page;
    String cursor = null;
    do {
      page = store.events().items(Webhooks.id(1), new PageRequest(PageRequest.MAX, cursor));
      items.addAll(page.data());
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(items).hasSize(1000);
    assertThat(items).filteredOn(item -> item.verdict().equals("skipped")).hasSize(1);
    assertThat(store.events().message(WorkspaceId.DEFAULT, "wamid.M999")).isPresent();
    assertThat(store.events().message(WorkspaceId.DEFAULT, "wamid.M500")).isEmpty();
  }

  @Test
  void aFlushMakesTheLedgerReadable() throws InterruptedException {
    append(Webhooks.message(1, "wamid.A"));
    run.caughtUp().withLedger();

    EventViews.MessageView message =
        store.events().message(WorkspaceId.DEFAULT, "wamid.A").orElseThrow();
    assertThat(message.direction()).isEqualTo("inbound");
    assertThat(message.phoneNumberId()).isEqualTo(Webhooks.NUMBER);
    assertThat(store.resources().phoneNumbers())
        .singleElement()
        .satisfies(number -> assertThat(number.wabaId()).isEqualTo(Webhooks.WABA));
    assertThat(run.projection.neededFrom()).isEqualTo(journal.tail());
  }

  @Test
  void aRejectedEventIsProcessedWhenItIsAccepted() throws InterruptedException {
    append(Webhooks.rejected(1, "wamid.A"));
    run.caughtUp();

    run.projection.replay().accept(Webhooks.id(1));

    EventRow row = store.events().find(Webhooks.id(1)).orElseThrow().row();
    assertThat(row.state()).isEqualTo(State.PROCESSED);
    assertThat(row.origin().signatureValid()).isTrue();
    assertThat(deliveries()).hasSize(1);
  }

  @Test
  void aReplayMakesTheSameDeliveryDueAgain() throws InterruptedException {
    append(Webhooks.message(1, "wamid.A"));
    run.caughtUp();

    run.projection.replay().replay(Webhooks.id(1));

    assertThat(deliveries()).hasSize(1);
  }

  /// As after a power cut that took the store's files: the journal is all there is.
  @Test
  void aLostStoreIsProjectedAgainWithTheSameIds() throws InterruptedException, IOException {
    append(Webhooks.message(1, "wamid.A"), Webhooks.messages(2, "wamid.B", "wamid.C"));
    run.caughtUp();
    List<DeliveryView> before = deliveries();
    run.close();
    store.close();
    store = openStore(Files.createDirectory(folder.resolve("empty")));

    run = ProjectionRun.start(journal, store, rules).caughtUp();

    assertThat(deliveries())
        .hasSize(2)
        .extracting(DeliveryView::id)
        .containsExactlyElementsOf(before.stream().map(DeliveryView::id).toList());
  }

  private Store openStore(Path data) {
    Store opened =
        SqlStore.open(
            StoreSettings.embedded(data),
            Clock.systemUTC(),
            new NoSealer(),
            ItemKeys::idHash,
            Supervisor.ofProcess());
    rules.endpoints().forEach(opened.resources()::putEndpoint);
    return opened;
  }

  private void restart() {
    close();
    open();
  }

  private void append(Fact... facts) {
    for (Fact fact : facts) {
      Appends.durable(journal, fact);
    }
  }

  private State state(int number) {
    return store.events().find(Webhooks.id(number)).orElseThrow().row().state();
  }

  private List<DeliveryView> deliveries() {
    return store
        .deliveryViews()
        .list(WorkspaceId.DEFAULT, DeliveryViews.Filter.ANY, PageRequest.first())
        .data();
  }

  private int count() {
    PageRequest all = new PageRequest(PageRequest.MAX, null);
    return store
        .deliveryViews()
        .list(WorkspaceId.DEFAULT, DeliveryViews.Filter.ANY, all)
        .data()
        .size();
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Nothing is sealed here.
  private static final class NoSealer implements SecretSealer {
    @Override
    public byte[] seal(String plain, String context) {
      return plain.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String open(byte[] sealed, String context) {
      return new String(sealed, StandardCharsets.UTF_8);
    }
  }
}
