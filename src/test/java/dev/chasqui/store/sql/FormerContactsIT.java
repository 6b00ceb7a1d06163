package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.EventId;
import dev.chasqui.store.EventViews.ContactView;
import dev.chasqui.store.LedgerStore.LedgerItem;
import dev.chasqui.store.LedgerStore.Part;
import dev.chasqui.store.Store;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rows of contacts as they were written when failures were counted by event.
class FormerContactsIT {

  private static final Clock CLOCK = Clock.fixed(Samples.START, ZoneOffset.UTC);
  private static final String NUMBER = "4915111";

  @Test
  void theirFailuresGoOnToCount() throws SQLException {
    try (SqliteFixture fixture = new SqliteFixture()) {
      fixture.open(CLOCK).close();
      writeFormerRow(fixture);
      try (Store store = fixture.open(CLOCK)) {
        assertThat(contact(store).whatsappFailures()).isEqualTo(2);
        assertThat(contact(store).fallbackActive()).isFalse();
        apply(store, "failed", 9);
        assertThat(contact(store).whatsappFailures()).isEqualTo(3);
        assertThat(contact(store).fallbackActive()).isTrue();
        apply(store, "delivered", 10);
        assertThat(contact(store).whatsappFailures()).isZero();
      }
    }
  }

  private static ContactView contact(Store store) {
    return store.contacts().find(Samples.WORKSPACE, NUMBER).orElseThrow();
  }

  private static void apply(Store store, String status, int event) {
    LedgerItem item = Said.status(event, "wamid." + event, status, Said.user(NUMBER));
    store.ledger().apply(Part.CONTACTS, List.of(Said.watched(item, 3)));
  }

  /// Failures of the events 5 and 6, after a sign of life in event 4.
  private static void writeFormerRow(SqliteFixture fixture) throws SQLException {
    ByteBuffer failed = ByteBuffer.allocate(32);
    for (EventId event : List.of(Samples.eventId(5), Samples.eventId(6))) {
      failed.put(event.toBytes());
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO contacts (workspace, contact_key, wa_id, reset_by, failed_by,
                  fallback_active)
                VALUES (?, ?, ?, ?, ?, 0)
                """)) {
      insert.setString(1, Samples.WORKSPACE.value());
      insert.setString(2, NUMBER);
      insert.setString(3, NUMBER);
      insert.setBytes(4, Samples.eventId(4).toBytes());
      insert.setBytes(5, failed.array());
      insert.executeUpdate();
    }
  }
}
