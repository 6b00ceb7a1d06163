package dev.chasqui.store.sql;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventRow.Item;
import dev.chasqui.store.EventRow.State;
import dev.chasqui.store.EventViews.EventView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and writes the columns of `events`.
final class EventCodec {

  static final Bulk INSERT = upsert("ON CONFLICT (id) DO NOTHING");

  /// For an event that is processed after all.
  static final Bulk REPLACE =
      upsert(
          """
          ON CONFLICT (id) DO UPDATE SET state = excluded.state,
            signature_valid = excluded.signature_valid, topic = excluded.topic,
            object = excluded.object, entries = excluded.entries, changes = excluded.changes,
            messages = excluded.messages, statuses = excluded.statuses,
            dashboard_test = excluded.dashboard_test, fields = excluded.fields,
            phone_number_ids = excluded.phone_number_ids, waba_ids = excluded.waba_ids,
            items = excluded.items
          """);

  /// Almost every envelope has this object; it is stored as an empty text.
  private static final String USUAL_OBJECT = "whatsapp_business_account";

  /// All columns but the items, which may be megabytes.
  static final String BARE =
      """
      id, workspace, position, source, delivery_id, signature_valid, body_hash, state, topic,
      object, entries, changes, messages, statuses, dashboard_test, fields, phone_number_ids,
      waba_ids, sightings
      """;

  private EventCodec() {}

  private static Bulk upsert(String conflict) {
    return Bulk.of(
        """
        WITH v (id, workspace, position, source, delivery_id, signature_valid, body_hash, state,
          topic, object, entries, changes, messages, statuses, dashboard_test, fields,
          phone_number_ids, waba_ids, items) AS ({rows})
        INSERT INTO events (id, workspace, position, source, delivery_id, signature_valid,
          body_hash, state, topic, object, entries, changes, messages, statuses, dashboard_test,
          fields, phone_number_ids, waba_ids, items)
        SELECT * FROM v WHERE true
        """
            + conflict,
        SqlType.BYTES,
        SqlType.TEXT,
        SqlType.NUMBER,
        SqlType.TEXT,
        SqlType.TEXT,
        SqlType.NUMBER,
        SqlType.BYTES,
        SqlType.NUMBER,
        SqlType.NUMBER,
        SqlType.TEXT,
        SqlType.NUMBER,
        SqlType.NUMBER,
        SqlType.NUMBER,
        SqlType.NUMBER,
        SqlType.NUMBER,
        SqlType.TEXT,
        SqlType.TEXT,
        SqlType.TEXT,
        SqlType.TEXT);
  }

  static List<@Nullable Object[]> rows(List<EventRow> events) {
    return events.stream().map(EventCodec::row).toList();
  }

  private static @Nullable Object[] row(EventRow event) {
    EventRow.Origin origin = event.origin();
    Summary summary = event.summary();
    return new @Nullable Object[] {
      event.id().toBytes(),
      origin.workspace().value(),
      event.position(),
      origin.source(),
      origin.deliveryId(),
      Columns.ofTruth(origin.signatureValid()),
      origin.bodyHash().toArray(),
      code(event.state()),
      code(summary.topic()),
      USUAL_OBJECT.equals(summary.object()) ? "" : summary.object(),
      summary.entries(),
      summary.changeCount(),
      summary.messageCount(),
      summary.statusCount(),
      Columns.ofTruth(summary.contents().dashboardTest()),
      JsonColumns.writeTexts(summary.fields()),
      JsonColumns.writeTexts(event.scope().phoneNumberIds()),
      JsonColumns.writeTexts(event.scope().wabaIds()),
      StoredItems.write(event.items())
    };
  }

  static int code(State state) {
    return switch (state) {
      case PROCESSED -> 0;
      case DUPLICATE -> 1;
      case REJECTED -> 2;
      case FAILED -> 3;
    };
  }

  static State state(int code) {
    return switch (code) {
      case 0 -> State.PROCESSED;
      case 1 -> State.DUPLICATE;
      case 2 -> State.REJECTED;
      case 3 -> State.FAILED;
      default -> throw new IllegalStateException("unknown event state " + code);
    };
  }

  static int code(Topic topic) {
    return switch (topic) {
      case MESSAGES -> 0;
      case MESSAGE_STATUS -> 1;
      case UNKNOWN -> 2;
      case INVALID_JSON -> 3;
      case MESSAGE_SUBMITTED -> 5;
      case INVALID_PAYLOAD -> 4;
    };
  }

  private static Topic topic(int code) {
    return switch (code) {
      case 0 -> Topic.MESSAGES;
      case 1 -> Topic.MESSAGE_STATUS;
      case 2 -> Topic.UNKNOWN;
      case 3 -> Topic.INVALID_JSON;
      case 4 -> Topic.INVALID_PAYLOAD;
      case 5 -> Topic.MESSAGE_SUBMITTED;
      default -> throw new IllegalStateException("unknown topic " + code);
    };
  }

  /// A row of [#BARE], or of all columns, with these of its items.
  static EventView view(ResultSet row, List<Item> items) throws SQLException {
    EventRow.Origin origin =
        new EventRow.Origin(
            new WorkspaceId(Columns.text(row, "workspace")),
            Columns.text(row, "source"),
            row.getString("delivery_id"),
            Columns.truth(row, "signature_valid"),
            Bytes.of(Columns.bytes(row, "body_hash")));
    EventRow.Scope scope =
        new EventRow.Scope(
            new HashSet<>(JsonColumns.texts(Columns.text(row, "phone_number_ids"))),
            new HashSet<>(JsonColumns.texts(Columns.text(row, "waba_ids"))));
    EventRow event =
        new EventRow(
            EventId.fromBytes(Columns.bytes(row, "id")),
            row.getLong("position"),
            origin,
            state(row.getInt("state")),
            summary(row),
            scope,
            items);
    return new EventView(event, row.getInt("sightings"));
  }

  private static Summary summary(ResultSet row) throws SQLException {
    String object = row.getString("object");
    return new Summary(
        "".equals(object) ? USUAL_OBJECT : object,
        row.getInt("entries"),
        row.getInt("changes"),
        topic(row.getInt("topic")),
        row.getInt("messages"),
        row.getInt("statuses"),
        new Summary.Contents(
            JsonColumns.texts(Columns.text(row, "fields")), Columns.truth(row, "dashboard_test")));
  }
}
