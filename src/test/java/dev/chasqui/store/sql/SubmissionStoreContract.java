package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static dev.chasqui.store.sql.Samples.eventId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Idempotency;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.Housekeeping.Retention;
import dev.chasqui.store.LedgerStore.LedgerItem;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.SubmissionStore.SubmissionView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

abstract class SubmissionStoreContract extends StoreContract {

  private static final String KEY = "ab".repeat(32);
  private static final Outcome TIMED_OUT = new Outcome.Unknown("no answer came");
  private static final Outcome ACCEPTED =
      new Outcome.Accepted(
          "wamid.a", new Participant("4915111", "DE.1", null), Bytes.utf8("{\"a\": 1}"));
  private static final Outcome BUSY =
      new Outcome.Refused(429, 130429, "slow down", false, Bytes.utf8("{}"));

  SubmissionStoreContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  SubmissionStoreContract(Supplier<StoreFixture> fixtures, Generations generations) {
    super(fixtures, generations);
  }

  private void apply(LedgerItem... slice) {
    store.ledger().apply(List.of(slice));
  }

  private static Sending sending(int submission, @Nullable String key, Outcome outcome) {
    return Said.sending(
        submission, key == null ? null : new Idempotency(key, "cd".repeat(32)), outcome);
  }

  private static LedgerItem submitted(
      int event, int submission, @Nullable String key, Outcome outcome) {
    return Said.submitted(event, sending(submission, key, outcome));
  }

  private @Nullable Outcome byKey(String key) {
    return store.submissions().byKey(key, at(0)).map(Sending::outcome).orElse(null);
  }

  private @Nullable Outcome found(int submission) {
    return store
        .submissions()
        .find(WORKSPACE, eventId(submission))
        .map(it -> it.sending().outcome())
        .orElse(null);
  }

  @Test
  void aKeyStandsForItsRequestAndTheOutcomeForTheIntent() {
    apply(submitted(1, 1, KEY, Outcome.Unknown.INTENT));
    assertThat(byKey(KEY)).isEqualTo(Outcome.Unknown.INTENT);
    apply(submitted(2, 1, KEY, ACCEPTED));
    assertThat(store.submissions().byKey(KEY, at(0))).contains(sending(1, KEY, ACCEPTED));
    assertThat(byKey("cd".repeat(32))).isNull();
  }

  @Test
  void aKeyIsForgottenWithItsTime() {
    apply(submitted(5, 5, KEY, ACCEPTED));
    assertThat(store.submissions().byKey(KEY, at(5))).isPresent();
    assertThat(store.submissions().byKey(KEY, at(6))).isEmpty();
  }

  @Test
  void ofSeveralRequestsWithAKeyTheOneThatSaysMostCounts() {
    apply(submitted(1, 1, KEY, BUSY));
    assertThat(byKey(KEY)).isEqualTo(BUSY);
    apply(submitted(2, 2, KEY, TIMED_OUT));
    apply(submitted(3, 3, KEY, BUSY));
    assertThat(byKey(KEY)).isEqualTo(TIMED_OUT);
    apply(submitted(4, 4, KEY, ACCEPTED));
    apply(submitted(5, 5, KEY, BUSY));
    assertThat(byKey(KEY)).isEqualTo(ACCEPTED);
  }

  @Test
  void whatWasAcceptedWithoutAKeyNeedsNoRow() {
    apply(submitted(1, 1, null, ACCEPTED));
    assertThat(found(1)).isNull();
    assertThat(store.events().message(WORKSPACE, "wamid.a")).isPresent();
  }

  @Test
  void anUnknownOneIsListedUntilAStatusNamesIt() {
    apply(submitted(1, 1, null, TIMED_OUT), submitted(2, 2, KEY, Outcome.Unknown.INTENT));
    assertThat(unknown(PageRequest.first())).containsExactly(eventId(2), eventId(1));

    apply(Said.statusOf(1, 7, "wamid.late", "sent"));
    assertThat(unknown(PageRequest.first())).containsExactly(eventId(2));
    SubmissionView view = store.submissions().find(WORKSPACE, eventId(1)).orElseThrow();
    assertThat(view.toldBy()).isEqualTo(eventId(7));
    assertThat(view.phoneNumberId()).isEqualTo("p1");
    assertThat(view.sending().messageId()).isEqualTo("wamid.late");
    assertThat(view.sending().recipient().waId()).isEqualTo("4915111");

    apply(Said.statusOf(2, 8, "wamid.later", "delivered"));
    assertThat(byKey(KEY))
        .isEqualTo(new Outcome.Accepted("wamid.later", Participant.NONE, Bytes.EMPTY));
  }

  @Test
  void aStatusMayComeBeforeItsSubmission() {
    apply(Said.statusOf(1, 3, "wamid.early", "sent"));
    assertThat(found(1)).isNull();
    assertThat(unknown(PageRequest.first())).isEmpty();
    apply(submitted(9, 1, null, TIMED_OUT));
    assertThat(found(1)).isInstanceOf(Outcome.Accepted.class);
    assertThat(unknown(PageRequest.first())).isEmpty();
  }

  @Test
  void aStatusOfAnAcceptedOneLeavesNothingBehind() {
    apply(submitted(1, 1, KEY, ACCEPTED));
    apply(Said.statusOf(1, 2, "wamid.a", "sent"));
    assertThat(found(1)).isEqualTo(ACCEPTED);
    assertThat(numbers("SELECT count(*) FROM submissions WHERE told_by IS NOT NULL"))
        .containsExactly(0L);
  }

  @Test
  void aSubmissionIsKnownInItsWorkspaceOnly() {
    apply(submitted(1, 1, null, TIMED_OUT));
    WorkspaceId other = new WorkspaceId("other");
    assertThat(store.submissions().find(other, eventId(1))).isEmpty();
    assertThat(store.submissions().unknown(other, PageRequest.first()).data()).isEmpty();
    LedgerItem status = Said.statusOf(1, 2, "wamid.x", "sent");
    apply(
        new LedgerItem(other, status.event(), status.key(), status.notification(), status.fresh()));
    assertThat(found(1)).isEqualTo(TIMED_OUT);
  }

  @Test
  void anyOrderGivesTheSameRows() {
    List<LedgerItem> all = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      String key = "%02x".formatted(i % 4).repeat(32);
      all.add(submitted(i, i, key, Outcome.Unknown.INTENT));
      all.add(submitted(20 + i, i, key, i % 3 == 0 ? BUSY : i % 3 == 1 ? TIMED_OUT : ACCEPTED));
      all.add(Said.statusOf(i, 40 + i, "wamid." + i, "sent"));
    }
    all.forEach(this::apply);
    List<Object> first = rows();
    reset();
    Collections.shuffle(all, new Random(42));
    for (int from = 0; from < all.size(); from += 5) {
      store.ledger().apply(all.subList(from, Math.min(all.size(), from + 5)));
    }
    all.reversed().forEach(this::apply);
    assertThat(rows()).isEqualTo(first).isNotEmpty();
  }

  private List<Object> rows() {
    List<Object> rows = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      rows.add(store.submissions().find(WORKSPACE, eventId(i)).orElseThrow());
    }
    for (int i = 0; i < 4; i++) {
      rows.add(store.submissions().byKey("%02x".formatted(i).repeat(32), at(0)).orElseThrow());
    }
    return rows;
  }

  @Test
  void unknownOnesArePagedNewestFirst() {
    for (int i = 1; i <= 5; i++) {
      apply(submitted(i, i, null, TIMED_OUT));
    }
    var first = store.submissions().unknown(WORKSPACE, new PageRequest(3, null));
    assertThat(first.data()).hasSize(3);
    assertThat(unknown(new PageRequest(3, first.nextCursor())))
        .containsExactly(eventId(2), eventId(1));
  }

  private List<Object> unknown(PageRequest page) {
    return store.submissions().unknown(WORKSPACE, page).data().stream()
        .<Object>map(it -> it.sending().submission())
        .toList();
  }

  @Test
  void rowsGoAfterTheirTimeAndUnknownOnesLater() {
    apply(
        submitted(1, 1, null, TIMED_OUT),
        submitted(2, 2, null, TIMED_OUT),
        submitted(3, 3, KEY, ACCEPTED),
        submitted(6, 6, KEY, ACCEPTED));
    Retention retention = new Retention(at(2), at(0), at(0), at(0), at(0), at(5), 99);
    while (store.housekeeping().step(retention, at(9_000))) {
      // Until nothing is left to delete.
    }
    assertThat(List.of(found(1) == null, found(2) == null, found(3) == null, found(6) == null))
        .containsExactly(true, false, true, false);
  }
}
