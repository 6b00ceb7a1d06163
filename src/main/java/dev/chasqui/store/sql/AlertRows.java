package dev.chasqui.store.sql;

import dev.chasqui.model.Alert;
import dev.chasqui.model.AlertId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.AlertStore.Notice;
import dev.chasqui.store.AlertStore.Sending;
import dev.chasqui.store.AlertStore.SendingState;
import dev.chasqui.store.Housekeeping.Retention;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows of `alerts` and `alert_notices`, and how old ones go.
final class AlertRows {

  /// A watch over silence looks back four weeks; a week more does no harm.
  private static final Duration HOURS_KEPT = Duration.ofDays(35);

  private AlertRows() {}

  static Alert alert(ResultSet row) throws SQLException {
    Instant resolvedAt = Columns.timeOrNull(row, "resolved_at");
    Map<String, String> details = new HashMap<>();
    JsonColumns.object(Columns.text(row, "details"))
        .forEach((name, value) -> details.put(name, String.valueOf(value)));
    return new Alert(
        AlertId.fromBytes(Columns.bytes(row, "id")),
        new WorkspaceId(Columns.text(row, "workspace")),
        Alert.Kind.ofWire(Columns.text(row, "kind")),
        Columns.text(row, "subject"),
        Columns.text(row, "condition"),
        new Alert.Words(
            Alert.Severity.ofWire(Columns.text(row, "severity")),
            Columns.text(row, "summary"),
            details),
        resolvedAt == null
            ? null
            : new Alert.Resolution(resolvedAt, Columns.text(row, "resolution")));
  }

  static @Nullable Object[] of(Alert alert) {
    Alert.Resolution resolution = alert.resolution();
    return new @Nullable Object[] {
      alert.id().toBytes(),
      alert.workspace().value(),
      alert.kind().wire(),
      alert.subject(),
      alert.words().severity().wire(),
      alert.condition(),
      alert.words().summary(),
      JsonColumns.write(alert.words().sortedDetails()),
      resolution == null ? null : resolution.at().toEpochMilli(),
      resolution == null ? null : resolution.how()
    };
  }

  static Notice notice(ResultSet row) throws SQLException {
    return new Notice(
        Ulid.fromBytes(Columns.bytes(row, "id")),
        AlertId.fromBytes(Columns.bytes(row, "alert_id")),
        new WorkspaceId(Columns.text(row, "workspace")),
        Columns.text(row, "body"),
        new Sending(
            state(row.getInt("state")),
            row.getInt("attempts"),
            Columns.timeOrNull(row, "next_at"),
            row.getString("error")));
  }

  static @Nullable Object[] of(Notice notice) {
    Sending sending = notice.sending();
    return new @Nullable Object[] {
      notice.id().toBytes(),
      notice.alert().toBytes(),
      notice.workspace().value(),
      notice.body(),
      code(sending.state()),
      sending.attempts(),
      Columns.ofTime(sending.nextAt()),
      sending.error()
    };
  }

  private static SendingState state(int code) {
    return switch (code) {
      case 0 -> SendingState.WAITING;
      case 1 -> SendingState.SENT;
      case 2 -> SendingState.GIVEN_UP;
      default -> throw new IllegalStateException("unknown state of a notice: " + code);
    };
  }

  /// The number of a state in the store; the index of what waits knows 0.
  static int code(SendingState state) {
    return switch (state) {
      case WAITING -> 0;
      case SENT -> 1;
      case GIVEN_UP -> 2;
    };
  }

  /// @return whether there may be more to delete
  static boolean deleteOld(Session session, Retention retention) throws SQLException {
    byte[] bound = SqlHousekeeping.bound(retention.alertsFrom());
    int notices =
        session.update(
            """
            DELETE FROM alert_notices WHERE id IN (
              SELECT id FROM alert_notices WHERE id <= ? AND state > 0 LIMIT ?)
            """,
            bound,
            SqlHousekeeping.WINDOW);
    int alerts =
        session.update(
            """
            DELETE FROM alerts WHERE id IN (
              SELECT id FROM alerts WHERE id <= ? AND resolved_at IS NOT NULL LIMIT ?)
            """,
            bound,
            SqlHousekeeping.WINDOW);
    return notices == SqlHousekeeping.WINDOW || alerts == SqlHousekeeping.WINDOW;
  }

  /// Deletes hourly counts that are older than any comparison needs.
  static void deleteOldHours(Session session, Instant now) throws SQLException {
    session.update(
        "DELETE FROM number_hours WHERE hour < ?",
        now.minus(HOURS_KEPT).getEpochSecond() / Duration.ofHours(1).toSeconds());
  }
}
