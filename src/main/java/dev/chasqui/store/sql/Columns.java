package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.store.ProjectionStore.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads columns and writes arguments in the forms that both databases share: times as
/// milliseconds, truths as 0 and 1.
final class Columns {

  private Columns() {}

  static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column), column);
  }

  static byte[] bytes(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getBytes(column), column);
  }

  /// Of the columns `event_id` and `position`.
  static Source source(ResultSet row) throws SQLException {
    return new Source(EventId.fromBytes(bytes(row, "event_id")), row.getLong("position"));
  }

  static boolean truth(ResultSet row, String column) throws SQLException {
    return row.getInt(column) != 0;
  }

  static @Nullable Integer number(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static int ofTruth(boolean truth) {
    return truth ? 1 : 0;
  }

  static @Nullable Long ofTime(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }
}
