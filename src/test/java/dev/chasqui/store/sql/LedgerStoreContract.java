package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Said.message;
import static dev.chasqui.store.sql.Said.repeated;
import static dev.chasqui.store.sql.Said.status;
import static dev.chasqui.store.sql.Said.user;
import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static dev.chasqui.store.sql.Samples.eventId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Participant;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventViews.ContactView;
import dev.chasqui.store.EventViews.MessageView;
import dev.chasqui.store.EventViews.StatusView;
import dev.chasqui.store.LedgerStore.LedgerItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class LedgerStoreContract extends StoreContract {

  private static final Participant ANA = user("4915111");

  LedgerStoreContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  LedgerStoreContract(Supplier<StoreFixture> fixtures, Generations generations) {
    super(fixtures, generations);
  }

  private void apply(LedgerItem... slice) {
    store.ledger().apply(List.of(slice));
  }

  private MessageView ledger(String wamid) {
    return store.events().message(WORKSPACE, wamid).orElseThrow();
  }

  private ContactView contact(String id) {
    return store.events().contact(WORKSPACE, id).orElseThrow();
  }

  @Test
  void theLedgerHasACursorOfItsOwnThatNeverGoesBack() {
    assertThat(store.ledger().ledgerCursor(0)).isZero();
    store.ledger().moveLedgerCursor(0, 70);
    store.ledger().moveLedgerCursor(0, 60);
    assertThat(store.ledger().ledgerCursor(0)).isEqualTo(70);
    assertThat(store.projection().cursor(0)).isZero();
  }

  @Test
  void statusesOfAMessageAddUp() {
    apply(status(1, "wamid.a", "sent", ANA));
    apply(status(3, "wamid.a", "read", ANA), status(2, "wamid.a", "delivered", ANA));
    assertThat(ledger("wamid.a"))
        .isEqualTo(
            new MessageView(
                "wamid.a",
                "p1",
                "outbound",
                null,
                "read",
                "4915111",
                List.of(
                    new StatusView("sent", at(1), null, List.of(), eventId(1)),
                    new StatusView("delivered", at(2), null, List.of(), eventId(2)),
                    new StatusView("read", at(3), null, List.of(), eventId(3)))));
  }

  @Test
  void aFailureKeepsItsCodes() {
    apply(status(1, "wamid.a", "failed", ANA));
    assertThat(ledger("wamid.a").state()).isEqualTo("failed");
    assertThat(ledger("wamid.a").statuses().getFirst().errorCodes()).containsExactly(131_026L);
  }

  @Test
  void anInboundMessageHasItsTypeAndSender() {
    apply(message(1, "wamid.in", ANA));
    MessageView view = ledger("wamid.in");
    assertThat(view.direction()).isEqualTo("inbound");
    assertThat(view.type()).isEqualTo("text");
    assertThat(view.state()).isEqualTo("received");
    assertThat(view.contact()).isEqualTo("4915111");
  }

  @Test
  void aMessageIsKnownInItsWorkspaceOnly() {
    apply(message(1, "wamid.in", ANA));
    assertThat(store.events().message(new WorkspaceId("other"), "wamid.in")).isEmpty();
    assertThat(store.events().message(WORKSPACE, "wamid.unknown")).isEmpty();
  }

  @Test
  void applyingAgainChangesNothing() {
    LedgerItem[] slice = {
      message(1, "wamid.in", ANA),
      status(2, "wamid.a", "failed", ANA),
      repeated(status(2, "wamid.a", "failed", ANA), 9)
    };
    apply(slice);
    MessageView before = ledger("wamid.a");
    ContactView contact = contact("4915111");
    apply(slice);
    assertThat(ledger("wamid.a")).isEqualTo(before);
    assertThat(contact("4915111")).isEqualTo(contact);
  }

  @Test
  void anyOrderGivesTheSameRows() {
    List<LedgerItem> all = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      String word = List.of("sent", "delivered", "read", "failed").get(i % 4);
      all.add(status(i, "wamid." + i % 3, word, user("49151" + i % 3)));
    }
    applyInSlices(all, 7);
    List<Object> first = rows();
    reset();
    Collections.shuffle(all, new Random(42));
    applyInSlices(all, 4);
    assertThat(rows()).isEqualTo(first);
  }

  private void applyInSlices(List<LedgerItem> all, int size) {
    for (int from = 0; from < all.size(); from += size) {
      store.ledger().apply(all.subList(from, Math.min(all.size(), from + size)));
    }
  }

  private List<Object> rows() {
    List<Object> rows = new ArrayList<>();
    IntStream.range(0, 3)
        .forEach(
            i -> {
              rows.add(ledger("wamid." + i));
              rows.add(contact("49151" + i));
            });
    return rows;
  }

  @Test
  void aContactsFailuresCountUpAndASignOfLifeClearsThem() {
    apply(status(1, "wamid.a", "failed", ANA), status(2, "wamid.b", "failed", ANA));
    assertThat(contact("4915111").whatsappFailures()).isEqualTo(2);
    apply(status(3, "wamid.c", "delivered", ANA), status(4, "wamid.d", "failed", ANA));
    assertThat(contact("4915111").whatsappFailures()).isEqualTo(1);
    apply(message(5, "wamid.in", ANA));
    assertThat(contact("4915111").whatsappFailures()).isZero();
    assertThat(contact("4915111").lastInboundAt()).isEqualTo(at(5));
  }

  @Test
  void theNewestNameOfAContactStays() {
    apply(message(5, "wamid.5", new Participant("4915111", null, "Ana M.")));
    apply(message(2, "wamid.2", new Participant("4915111", null, "Ana")));
    assertThat(contact("4915111").name()).isEqualTo("Ana M.");
  }

  @Test
  void bothIdsOfAContactLeadToOneRow() {
    apply(status(1, "wamid.a", "failed", new Participant(null, "US.1", null)));
    apply(status(2, "wamid.b", "failed", ANA));
    apply(status(3, "wamid.c", "failed", new Participant("4915111", "US.1", "Ana")));
    assertThat(contact("US.1")).isEqualTo(contact("4915111"));
    assertThat(contact("US.1").whatsappFailures()).isEqualTo(3);
    apply(status(4, "wamid.d", "failed", new Participant(null, "US.1", null)));
    assertThat(contact("4915111").whatsappFailures()).isEqualTo(4);
  }

  @Test
  void aLargeSliceIsAppliedWhole() {
    LedgerItem[] slice = new LedgerItem[500];
    for (int i = 0; i < slice.length; i++) {
      slice[i] = status(i, "wamid." + i, "sent", user("4915" + i));
    }
    apply(slice);
    assertThat(ledger("wamid.499").state()).isEqualTo("sent");
    assertThat(contact("4915250").waId()).isEqualTo("4915250");
  }
}
