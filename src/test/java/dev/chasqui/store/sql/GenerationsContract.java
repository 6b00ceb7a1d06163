package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Said.message;
import static dev.chasqui.store.sql.Said.status;
import static dev.chasqui.store.sql.Said.user;
import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static dev.chasqui.store.sql.Samples.event;
import static dev.chasqui.store.sql.Samples.eventId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending.Idempotency;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews.ContentFilter;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.EventViews.Filter;
import dev.chasqui.store.EventViews.MessageView;
import dev.chasqui.store.EventViews.OriginFilter;
import dev.chasqui.store.EventViews.StatusView;
import dev.chasqui.store.Housekeeping.Retention;
import dev.chasqui.store.LedgerStore.LedgerItem;
import dev.chasqui.store.LedgerStore.Part;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

abstract class GenerationsContract extends StoreContract {

  private static final String ANA = "4915111";
  private static final int ROWS = 10;

  GenerationsContract(Supplier<StoreFixture> fixtures) {
    super(fixtures, new Generations(ROWS, ROWS));
  }

  private void apply(LedgerItem... slice) {
    store.ledger().apply(List.of(slice));
  }

  /// Messages of as many contacts, one slice each.
  private void applyNumbered(int from, int to) {
    for (int i = from; i <= to; i++) {
      apply(message(i, "wamid." + i, user("49150" + i)));
    }
  }

  private List<Long> held(String table) {
    return numbers(
        "SELECT row_count FROM generations WHERE of_table = '%s' ORDER BY generation"
            .formatted(table));
  }

  private List<Long> stored(String table) {
    return numbers(
        "SELECT count(*) FROM %s GROUP BY generation ORDER BY generation".formatted(table));
  }

  private boolean hasMessage(int number) {
    return store.events().message(WORKSPACE, "wamid." + number).isPresent();
  }

  @Test
  void theNextOneBeginsWhenOneHasEnough() {
    applyNumbered(1, 25);
    for (String table : List.of("messages", "mentions")) {
      assertThat(stored(table)).containsExactly(10L, 10L, 5L);
      assertThat(held(table)).isEqualTo(stored(table));
    }
    assertThat(IntStream.rangeClosed(1, 25)).allMatch(this::hasMessage);
    reopen();
    applyNumbered(26, 31);
    assertThat(stored("messages")).containsExactly(10L, 10L, 10L, 1L);
  }

  @Test
  void aSliceIsNotDivided() {
    LedgerItem[] slice = new LedgerItem[ROWS + 5];
    for (int i = 0; i < slice.length; i++) {
      slice[i] = message(i, "wamid." + i, user("49150" + i));
    }
    apply(slice);
    applyNumbered(100, 100);
    assertThat(stored("messages")).containsExactly(15L, 1L);
    assertThat(held("mentions")).containsExactly(15L, 1L);
  }

  @Test
  void whereManyAreKeptEachTakesMore() {
    int full = ROWS * Generations.MANY;
    for (int from = 0; from < full; from += ROWS) {
      List<LedgerItem> slice = new ArrayList<>();
      for (int i = from; i < from + ROWS; i++) {
        slice.add(message(i, "wamid." + i, user("49150" + i)));
      }
      store.ledger().apply(Part.MENTIONS, slice);
    }
    applyNumbered(full, full + 4 * ROWS - 1);
    assertThat(held("mentions")).hasSize(Generations.MANY + 2).containsOnly(10L, 20L);
    assertThat(held("mentions").subList(Generations.MANY - 1, Generations.MANY + 2))
        .containsExactly(10L, 20L, 20L);
    assertThat(held("messages")).containsExactly(10L, 10L, 10L, 10L);
  }

  @Test
  void whatIsAddedToARowOfTheNewestIsNotCountedAsAnother() {
    apply(status(1, "wamid.1", "sent", user(ANA)));
    apply(status(2, "wamid.1", "delivered", user(ANA)));
    apply(status(2, "wamid.1", "delivered", user(ANA)));
    assertThat(held("messages")).containsExactly(1L).isEqualTo(stored("messages"));
    assertThat(held("mentions")).containsExactly(2L).isEqualTo(stored("mentions"));
  }

  @Test
  void whatIsNotWrittenIsNotCounted() {
    Idempotency unstorable = new Idempotency("no hex", "cd".repeat(32));
    LedgerItem refused = Said.submitted(1, Said.sending(1, unstorable, accepted("wamid.1")));
    assertThatThrownBy(() -> apply(refused)).isInstanceOf(IllegalArgumentException.class);
    for (String table : List.of("messages", "mentions")) {
      assertThat(stored(table)).isEmpty();
      assertThat(held(table)).isEmpty();
    }
  }

  @Test
  void whatSeveralHoldOfAMessageIsReadAsOne() {
    LedgerItem[] said = {
      Said.submitted(1, Said.sending(1, null, accepted("wamid.a"))),
      status(2, "wamid.a", "sent", user(ANA)),
      status(4, "wamid.a", "read", user(ANA)),
      status(3, "wamid.a", "delivered", user(ANA)),
      status(5, "wamid.a", "failed", user(ANA))
    };
    apply(said);
    MessageView inOne = ledger("wamid.a");
    reset();
    for (int i = 0; i < said.length; i++) {
      apply(said[said.length - 1 - i]);
      applyNumbered(100 * (i + 1), 100 * (i + 1) + ROWS);
    }
    apply(said[1], said[3]);
    assertThat(stored("messages")).hasSizeGreaterThan(said.length);
    assertThat(ledger("wamid.a")).isEqualTo(inOne);
    assertThat(inOne.type()).isEqualTo("text");
    assertThat(inOne.statuses()).hasSize(4);
  }

  private MessageView ledger(String wamid) {
    return store.events().message(WORKSPACE, wamid).orElseThrow();
  }

  private static Outcome accepted(String wamid) {
    return new Outcome.Accepted(wamid, new Participant(ANA, null, null), Bytes.utf8("{}"));
  }

  @Test
  void aStatusFindsItsSubmissionsMessageInAFormerOne() {
    Idempotency key = new Idempotency("ab".repeat(32), "cd".repeat(32));
    apply(Said.submitted(1, Said.sending(1, key, accepted("wamid.a"))));
    applyNumbered(2, 2 + 3 * ROWS);
    apply(Said.statusOf(1, 90, "wamid.a", "sent"));
    String told = "SELECT count(*) FROM submissions WHERE told_by IS NOT NULL";
    assertThat(numbers(told)).containsExactly(0L);
    apply(Said.statusOf(1, 91, "wamid.other", "sent"));
    assertThat(numbers(told)).containsExactly(1L);
  }

  @Test
  void eventsThatNameSomebodyAreListedFromAllOfThem() {
    projectOutOfSight(35);
    for (int i = 1; i <= 35; i++) {
      apply(message(i, "wamid." + i, user(ANA)));
    }
    assertThat(stored("mentions")).hasSize(4);
    assertThat(list(named(null, ANA), 8)).isEqualTo(numbered(35, 1));
    assertThat(list(new Filter(anyOrigin(), names(null, ANA), at(3), at(30)), 9))
        .isEqualTo(numbered(29, 3));
    assertThat(list(named("wamid.7", ANA), 8)).isEqualTo(numbered(7, 7));
    assertThat(list(named(null, "4915999"), 8)).isEmpty();
  }

  @Test
  void whatWasAppliedAgainIsListedOnce() {
    projectOutOfSight(2 * ROWS);
    for (int again = 0; again < 2; again++) {
      for (int i = 1; i <= 2 * ROWS; i++) {
        apply(message(i, "wamid." + i, user(ANA)));
      }
    }
    assertThat(stored("mentions")).containsExactly(10L, 10L, 10L, 10L);
    assertThat(list(named(null, ANA), 3)).isEqualTo(numbered(2 * ROWS, 1));
  }

  @Test
  void aRepeatIsFoundByItsMessageInALaterOne() {
    project(7, "wamid.1");
    projectOutOfSight(1);
    apply(message(1, "wamid.1", user(ANA)));
    applyNumbered(100, 100 + ROWS);
    apply(Said.repeated(message(1, "wamid.1", user(ANA)), 7));
    assertThat(list(named("wamid.1", null), 5)).containsExactly(eventId(7), eventId(1));
  }

  @Test
  void whoIsNamedVeryOftenIsLookedForPageByPage() {
    projectOutOfSight(1);
    for (int from = 1; from <= EventScan.MENTIONS + 101; from += 5_000) {
      List<LedgerItem> slice = new ArrayList<>();
      for (int i = from; i < Math.min(from + 5_000, EventScan.MENTIONS + 102); i++) {
        slice.add(message(i, "wamid." + i, user(ANA)));
      }
      store.ledger().apply(Part.MENTIONS, slice);
    }
    Page<EventView> first =
        store.events().list(WORKSPACE, named(null, ANA), new PageRequest(5, null));
    assertThat(first.data()).isEmpty();
    assertThat(first.nextCursor()).isNotNull();
    assertThat(list(named(null, ANA), 5)).containsExactly(eventId(1));
  }

  /// Events 1 to a number that name Ana, and so many newer ones that only an index leads to them.
  private void projectOutOfSight(int count) {
    for (int i = 1; i <= count; i++) {
      project(i, "wamid." + i);
    }
    List<EventRow> others = new ArrayList<>();
    for (int i = 0; i < EventScan.NEWEST; i++) {
      others.add(event(100_000 + i));
    }
    store.projection().commit(Samples.batch(0, others, List.of()));
  }

  private void project(int number, String wamid) {
    EventRow.Item item =
        new EventRow.Item("0.0.0", "message", "text", "messages", wamid, ANA, "new");
    EventRow row = event(number, EventRow.State.PROCESSED, List.of(item));
    store.projection().commit(Samples.batch(0, List.of(row), List.of()));
  }

  private List<EventId> list(Filter filter, int perPage) {
    List<EventId> all = new ArrayList<>();
    String cursor = null;
    do {
      Page<EventView> page =
          store.events().list(WORKSPACE, filter, new PageRequest(perPage, cursor));
      page.data().forEach(view -> all.add(view.row().id()));
      cursor = page.nextCursor();
    } while (cursor != null);
    return all;
  }

  private static Filter named(@Nullable String wamid, @Nullable String waId) {
    return new Filter(anyOrigin(), names(wamid, waId), null, null);
  }

  private static OriginFilter anyOrigin() {
    return new OriginFilter(null, null, null, null);
  }

  private static ContentFilter names(@Nullable String wamid, @Nullable String waId) {
    return new ContentFilter(null, null, null, null, wamid, waId);
  }

  private static List<EventId> numbered(int newest, int oldest) {
    return IntStream.rangeClosed(0, newest - oldest).mapToObj(i -> eventId(newest - i)).toList();
  }

  @Test
  void whatIsTooOldGoesAndEmptyOnesWithIt() {
    applyNumbered(1, 25);
    clean(at(16), at(9_000));
    assertThat(List.of(hasMessage(15), hasMessage(16))).containsExactly(false, true);
    for (String table : List.of("messages", "mentions")) {
      assertThat(stored(table)).containsExactly(5L, 5L);
      assertThat(generations(table)).containsExactly(1L, 2L);
    }
    clean(at(500), at(99_000));
    for (String table : List.of("messages", "mentions")) {
      assertThat(stored(table)).isEmpty();
      assertThat(generations(table)).isEmpty();
    }
    applyNumbered(600, 600);
    assertThat(hasMessage(600)).isTrue();
  }

  @Test
  void moreThanOneWindowIsLookedAt() {
    int count = 2 * SqlHousekeeping.WINDOW + 10;
    List<LedgerItem> slice = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      slice.add(message(i, "wamid." + i, user("49150" + i)));
    }
    store.ledger().apply(Part.MESSAGES, slice);
    store.ledger().apply(Part.MENTIONS, slice);
    clean(at(count), at(count + 9_000L));
    assertThat(stored("messages")).containsExactly(1L);
    assertThat(stored("mentions")).containsExactly(1L);
    assertThat(hasMessage(count)).isTrue();
  }

  private List<Long> generations(String table) {
    return numbers(
        "SELECT generation FROM generations WHERE of_table = '%s' ORDER BY generation"
            .formatted(table));
  }

  private void clean(Instant eventsFrom, Instant now) {
    Retention retention = new Retention(eventsFrom, at(0), at(0), at(0), at(0), at(0), 99);
    int steps = 0;
    while (store.housekeeping().step(retention, now)) {
      assertThat(++steps).isLessThan(1_000);
    }
  }

  /// All tell of the same messages, each something else.
  @Test
  void severalApplyTheSameMessagesAtTheSameTime() throws ExecutionException, InterruptedException {
    List<String> said = List.of("sent", "delivered", "read", "failed");
    int count = 50;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < said.size(); i++) {
        int node = i;
        all.add(threads.submit(() -> applyStatuses(node * count, count, said.get(node))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    for (int i = 1; i <= count; i++) {
      assertThat(store.events().message(WORKSPACE, "wamid." + i).orElseThrow().statuses())
          .extracting(StatusView::status)
          .containsExactlyInAnyOrderElementsOf(said);
    }
    for (String table : List.of("messages", "mentions")) {
      assertThat(held(table)).isEqualTo(stored(table));
    }
    assertThat(sum(held("mentions"))).isEqualTo((long) count * said.size());
  }

  /// One status of as many messages, a slice each, of events that follow on a number.
  private void applyStatuses(int after, int count, String status) {
    for (int i = 1; i <= count; i++) {
      apply(status(after + i, "wamid." + i, status, user("49150" + i)));
    }
  }

  private static long sum(List<Long> numbers) {
    return numbers.stream().flatMapToLong(LongStream::of).sum();
  }
}
