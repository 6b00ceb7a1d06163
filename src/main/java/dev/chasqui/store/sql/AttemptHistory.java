package dev.chasqui.store.sql;

import dev.chasqui.store.DeliveryStore.Attempt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The attempts of a delivery: the one that succeeded stands in columns of its own, so that the
/// usual delivery costs one small update; all others are a JSON text, oldest first, of which the
/// newest are kept.
final class AttemptHistory {

  static final int KEPT = 20;

  private AttemptHistory() {}

  static String append(@Nullable String history, Attempt attempt) {
    List<List<@Nullable Object>> rows =
        history == null ? new ArrayList<>() : new ArrayList<>(JsonColumns.rows(history));
    rows.add(toRow(attempt));
    return JsonColumns.write(rows.subList(Math.max(0, rows.size() - KEPT), rows.size()));
  }

  /// All that are kept, oldest first.
  static List<Attempt> read(ResultSet row) throws SQLException {
    String history = row.getString("history");
    List<Attempt> attempts = new ArrayList<>();
    if (history != null) {
      for (List<@Nullable Object> kept : JsonColumns.rows(history)) {
        attempts.add(ofRow(kept));
      }
    }
    Attempt success = success(row);
    if (success != null) {
      attempts.add(success);
    }
    return attempts.subList(Math.max(0, attempts.size() - KEPT), attempts.size());
  }

  /// The history with the successful attempt moved into it, for a delivery that begins anew.
  static @Nullable String closed(ResultSet row) throws SQLException {
    String history = row.getString("history");
    Attempt success = success(row);
    return success == null ? history : append(history, success);
  }

  private static @Nullable Attempt success(ResultSet row) throws SQLException {
    Instant at = Columns.timeOrNull(row, "success_at");
    if (at == null) {
      return null;
    }
    return new Attempt(
        at,
        row.getLong("success_millis"),
        Columns.text(row, "success_outcome"),
        Columns.number(row, "success_status"),
        null,
        row.getString("success_body"));
  }

  private static List<@Nullable Object> toRow(Attempt attempt) {
    return Arrays.asList(
        attempt.at().toEpochMilli(),
        attempt.millis(),
        attempt.outcome(),
        attempt.status(),
        attempt.error(),
        attempt.responseBody());
  }

  private static Attempt ofRow(List<@Nullable Object> row) {
    Number status = (Number) row.get(3);
    return new Attempt(
        Instant.ofEpochMilli(number(row, 0)),
        number(row, 1),
        (String) Objects.requireNonNull(row.get(2)),
        status == null ? null : status.intValue(),
        (String) row.get(4),
        (String) row.get(5));
  }

  private static long number(List<@Nullable Object> row, int index) {
    return ((Number) Objects.requireNonNull(row.get(index))).longValue();
  }
}
