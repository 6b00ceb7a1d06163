package dev.chasqui.store.sql;

import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.FallbackSwitches;
import dev.chasqui.store.Housekeeping.Retention;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The table of switches to the fallback channel: few rows, plain statements.
final class SqlFallbackSwitches implements FallbackSwitches {

  /// A switch of a contact is known by the failure that caused it: told again, it is there already.
  private static final Bulk INSERT =
      Bulk.of(
          """
          WITH v (id, workspace, contact, phone_number_id, message_id) AS ({rows})
          INSERT INTO fallback_switches (id, workspace, contact, phone_number_id, message_id)
          SELECT * FROM v WHERE true
          ON CONFLICT (id) DO NOTHING
          """,
          SqlType.BYTES,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.TEXT);

  private final Database database;

  SqlFallbackSwitches(Database database) {
    this.database = database;
  }

  /// The row of a contact that has just gone over.
  static @Nullable Object[] row(ContactJoin.Ref contact, Reach reach) {
    Failure.Message message = message(reach);
    Ulid tripped = Objects.requireNonNull(reach.tripped());
    Ulid id =
        Failure.mark(tripped.time(), contact.workspace() + "/" + contact.id() + "/" + tripped);
    return new @Nullable Object[] {
      id.toBytes(),
      contact.workspace(),
      contact.id(),
      message == null ? null : message.phoneNumberId(),
      message == null ? null : message.id()
    };
  }

  /// The message whose failure reached the threshold; if it was told earlier than one that failed
  /// before it, the newest of those just told.
  private static Failure.@Nullable Message message(Reach reach) {
    Failure tripping = reach.tripping();
    if (tripping != null && tripping.message() != null) {
      return tripping.message();
    }
    Failure.Message newest = null;
    for (Failure failure : reach.failures()) {
      newest = failure.message() == null ? newest : failure.message();
    }
    return newest;
  }

  static void insert(Session session, List<@Nullable Object[]> rows) throws SQLException {
    session.bulk(INSERT, rows);
  }

  @Override
  public List<Switched> waiting(Step step, int limit) {
    return database.read(
        s ->
            s.list(
                "SELECT * FROM fallback_switches WHERE "
                    + column(step)
                    + " = 0 ORDER BY id LIMIT ?",
                SqlFallbackSwitches::switched,
                limit));
  }

  @Override
  public boolean take(Ulid id, Step step) {
    String column = column(step);
    String sql =
        "UPDATE fallback_switches SET %1$s = 1 WHERE id = ? AND %1$s = 0".formatted(column);
    return database.writeDurably(s -> s.update(sql, (Object) id.toBytes())) == 1;
  }

  private static String column(Step step) {
    return switch (step) {
      case ALERT -> "alerted";
      case RESEND -> "resent";
    };
  }

  private static Switched switched(ResultSet row) throws SQLException {
    return new Switched(
        Ulid.fromBytes(Columns.bytes(row, "id")),
        new WorkspaceId(Columns.text(row, "workspace")),
        Columns.text(row, "contact"),
        row.getString("phone_number_id"),
        row.getString("message_id"));
  }

  /// Deletes switches that are older than the retention of alerts, taken or not.
  ///
  /// @return whether there may be more to delete
  static boolean deleteOld(Session session, Retention retention) throws SQLException {
    int gone =
        session.update(
            """
            DELETE FROM fallback_switches WHERE id IN (
              SELECT id FROM fallback_switches WHERE id <= ? ORDER BY id LIMIT ?)
            """,
            SqlHousekeeping.bound(retention.alertsFrom()),
            SqlHousekeeping.WINDOW);
    return gone == SqlHousekeeping.WINDOW;
  }
}
