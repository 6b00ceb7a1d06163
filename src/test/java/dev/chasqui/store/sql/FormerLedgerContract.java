package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static dev.chasqui.store.sql.Samples.eventId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.store.EventViews.MessageView;
import dev.chasqui.store.EventViews.StatusView;
import dev.chasqui.store.Housekeeping.Retention;
import dev.chasqui.store.Store;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Messages and mentions as they were written before there were generations.
abstract class FormerLedgerContract {

  private static final Clock CLOCK = Clock.fixed(Samples.START, ZoneOffset.UTC);
  private static final String WAMID = "wamid.a";
  private static final String ANA = "4915111";

  private final Supplier<StoreFixture> fixtures;
  private final String scripts;
  private StoreFixture fixture;

  FormerLedgerContract(Supplier<StoreFixture> fixtures, String scripts) {
    this.fixtures = fixtures;
    this.scripts = "classpath:db/migration/" + scripts;
  }

  @BeforeEach
  void writeFormat9() {
    fixture = fixtures.get();
    Flyway.configure()
        .dataSource(fixture.jdbc(), null, null)
        .locations(scripts)
        .target("9")
        .load()
        .migrate();
  }

  @AfterEach
  void remove() {
    fixture.close();
  }

  @Test
  void theirRowsAreReadAndAddedTo() throws SQLException {
    insertRows();
    try (Store store = fixture.open(CLOCK, new Generations(1, 1))) {
      assertThat(ledger(store)).isEqualTo(view("sent", sent()));
      store.ledger().apply(List.of(Said.status(3, WAMID, "read", Said.user(ANA))));
      assertThat(ledger(store))
          .isEqualTo(
              view("read", sent(), new StatusView("read", at(3), null, List.of(), eventId(3))));
    }
    assertThat(fixture.numbers("SELECT generation FROM messages ORDER BY 1"))
        .containsExactly(0L, 1L);
    assertThat(fixture.numbers("SELECT row_count FROM generations"))
        .containsExactly(1L, 1L, 1L, 1L);
  }

  @Test
  void theirRowsGoAfterTheirTime() throws SQLException {
    insertRows();
    try (Store store = fixture.open(CLOCK)) {
      Retention retention = new Retention(at(5), at(0), at(0), at(0), at(0), at(0), 99);
      while (store.housekeeping().step(retention, at(9_000))) {
        // Until nothing is left to delete.
      }
      assertThat(store.events().message(WORKSPACE, WAMID)).isEmpty();
    }
    assertThat(fixture.numbers("SELECT generation FROM mentions")).isEmpty();
    assertThat(fixture.numbers("SELECT generation FROM generations")).isEmpty();
  }

  @Test
  void whereThereWereNoneThereIsNoGeneration() {
    fixture.open(CLOCK).close();
    assertThat(fixture.numbers("SELECT generation FROM generations")).isEmpty();
  }

  private static MessageView ledger(Store store) {
    return store.events().message(WORKSPACE, WAMID).orElseThrow();
  }

  private static MessageView view(String state, StatusView... statuses) {
    return new MessageView(WAMID, "p1", "outbound", "text", state, ANA, List.of(statuses));
  }

  private static StatusView sent() {
    return new StatusView("sent", at(2), null, List.of(), eventId(2));
  }

  private void insertRows() throws SQLException {
    try (Connection connection = DriverManager.getConnection(fixture.jdbc())) {
      insert(
          connection,
          """
          INSERT INTO messages (id, workspace, direction, phone_number_id, type, contact, reached,
            last_event, statuses)
          VALUES (?, ?, 0, 'p1', 'text', '4915111', 1, ?, ?)
          """,
          StoreFixture.HASH.applyAsLong(WAMID),
          WORKSPACE.value(),
          eventId(2).toBytes(),
          "[[\"sent\",%d,null,[],\"%s\"]]".formatted(at(2).toEpochMilli(), eventId(2)));
      insert(
          connection,
          "INSERT INTO mentions (hash, event_id) VALUES (?, ?)",
          StoreFixture.HASH.applyAsLong(ANA),
          eventId(2).toBytes());
    }
  }

  private static void insert(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
