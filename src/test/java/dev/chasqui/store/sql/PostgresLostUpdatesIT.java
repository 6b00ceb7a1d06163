package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Said.message;
import static dev.chasqui.store.sql.Said.status;
import static dev.chasqui.store.sql.Said.user;
import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.eventId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending.Idempotency;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.store.EventViews.MessageView;
import dev.chasqui.store.EventViews.StatusView;
import dev.chasqui.store.LedgerStore.LedgerItem;
import dev.chasqui.store.LedgerStore.Part;
import dev.chasqui.store.Store;
import dev.chasqui.store.SubmissionStore.SubmissionView;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The ledger writer and a later verification, or two nodes, write what is about one row while a
/// third transaction holds it: both have read by then what they are going to add to, if nothing
/// keeps them from it.
class PostgresLostUpdatesIT {

  private static final String KEY = "ab".repeat(32);
  private static final Participant ANA = user("4915111");

  private final PostgresFixture fixture = new PostgresFixture();
  private final Clock clock = Clock.fixed(Samples.START, ZoneOffset.UTC);
  private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
  private Store one;

  @BeforeEach
  void open() {
    one = fixture.open(clock);
  }

  @AfterEach
  void close() {
    writers.close();
    one.close();
    fixture.close();
  }

  @Test
  void twoStatusesOfOneMessageBothStay() throws Exception {
    one.ledger().apply(List.of(message(1, "wamid.1", ANA)));
    applyWhileHeld(
        Part.MESSAGES,
        "SELECT 1 FROM messages FOR UPDATE",
        status(2, "wamid.1", "sent", ANA),
        status(3, "wamid.1", "delivered", ANA));
    MessageView message = one.events().message(WORKSPACE, "wamid.1").orElseThrow();
    assertThat(message.statuses())
        .extracting(StatusView::status)
        .containsExactly("sent", "delivered");
    assertThat(message.type()).isEqualTo("text");
  }

  @Test
  void twoStatusesOfAMessageThatIsNewBothStay() throws Exception {
    applyWhileHeld(
        Part.MESSAGES,
        "LOCK TABLE messages IN SHARE MODE",
        status(2, "wamid.1", "sent", ANA),
        status(3, "wamid.1", "delivered", ANA));
    MessageView message = one.events().message(WORKSPACE, "wamid.1").orElseThrow();
    assertThat(message.statuses())
        .extracting(StatusView::status)
        .containsExactly("sent", "delivered");
  }

  @Test
  void theOutcomeOfASubmissionAndWhatAStatusToldOfItBothStay() throws Exception {
    one.ledger().apply(List.of(submitted(1, Outcome.Unknown.INTENT)));
    applyWhileHeld(
        Part.SUBMISSIONS,
        "SELECT 1 FROM submissions FOR UPDATE",
        submitted(2, new Outcome.Unknown("no answer came")),
        Said.statusOf(1, 3, "wamid.9", "sent"));
    SubmissionView view = one.submissions().find(WORKSPACE, eventId(1)).orElseThrow();
    assertThat(view.sending().outcome())
        .isEqualTo(new Outcome.Accepted("wamid.9", Participant.NONE, Bytes.EMPTY));
    assertThat(
            fixture.numbers(
                "SELECT count(*) FROM submissions WHERE sending LIKE '%no answer came%'"))
        .containsExactly(1L);
  }

  private static LedgerItem submitted(int event, Outcome outcome) {
    return Said.submitted(event, Said.sending(1, new Idempotency(KEY, "cd".repeat(32)), outcome));
  }

  /// Each part by itself, as the fold writes them: the locks of another must not help.
  private void applyWhileHeld(Part part, String lock, LedgerItem first, LedgerItem second)
      throws Exception {
    List<Future<?>> folds = new ArrayList<>();
    try (Connection third = DriverManager.getConnection(fixture.jdbc());
        Statement statement = third.createStatement()) {
      third.setAutoCommit(false);
      statement.execute(lock);
      folds.add(writers.submit(() -> one.ledger().apply(part, List.of(first))));
      folds.add(writers.submit(() -> one.ledger().apply(part, List.of(second))));
      awaitBothWaiting();
      third.rollback();
    }
    for (Future<?> apply : folds) {
      apply.get();
    }
  }

  private void awaitBothWaiting() throws SQLException {
    long end = System.nanoTime() + 30_000_000_000L;
    while (waiting() < 2) {
      assertThat(System.nanoTime()).as("two writes that wait").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private long waiting() {
    return fixture
        .numbers(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
            """)
        .getFirst();
  }
}
