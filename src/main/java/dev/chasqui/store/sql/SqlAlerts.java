package dev.chasqui.store.sql;

import dev.chasqui.model.Alert;
import dev.chasqui.model.AlertId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.AlertStore;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Alerts and what is owed of them: few rows, plain statements.
final class SqlAlerts implements AlertStore {

  private static final String PUT =
      """
      INSERT INTO alerts (id, workspace, kind, subject, severity, condition, summary, details,
        resolved_at, resolution)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET severity = excluded.severity, summary = excluded.summary,
        details = excluded.details, resolved_at = excluded.resolved_at,
        resolution = excluded.resolution
      WHERE alerts.resolved_at IS NULL
      """;

  private static final String PUT_NOTICE =
      """
      INSERT INTO alert_notices (id, alert_id, workspace, body, state, attempts, next_at, error)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final Bulk ADD_HOURS =
      Bulk.of(
          """
          WITH v (workspace, phone_number_id, hour, webhooks) AS ({rows})
          INSERT INTO number_hours (workspace, phone_number_id, hour, webhooks)
          SELECT * FROM v WHERE true
          ON CONFLICT (workspace, phone_number_id, hour)
            DO UPDATE SET webhooks = number_hours.webhooks + excluded.webhooks
          """,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.NUMBER);

  private final Database database;
  private final UnusableRows rows;

  SqlAlerts(Database database, UnusableRows rows) {
    this.database = database;
    this.rows = rows;
  }

  @Override
  public void put(Alert alert, @Nullable Notice notice) {
    database.<@Nullable Void>writeDurably(
        s -> {
          boolean changed = s.update(PUT, AlertRows.of(alert)) > 0;
          if (changed && notice != null) {
            s.update(PUT_NOTICE, AlertRows.of(notice));
          }
          return null;
        });
  }

  @Override
  public List<Alert> open() {
    return database.read(
        s ->
            s.list("SELECT * FROM alerts WHERE resolved_at IS NULL ORDER BY id", AlertRows::alert));
  }

  @Override
  public Page<Alert> list(WorkspaceId workspace, Filter filter, PageRequest page) {
    byte[] before = Pages.before(page.cursor(), c -> AlertId.parse(c).toBytes());
    Where where = new Where().and("workspace = ?", workspace.value()).and("id < ?", before);
    where.andIf("kind = ?", filter.kind() == null ? null : filter.kind().wire());
    where.andIf("subject = ?", filter.subject());
    where.andIf("id >= ?", first(filter.since()));
    where.andIf("id < ?", first(filter.until()));
    if (filter.isOpen() != null) {
      where.and(filter.isOpen() ? "resolved_at IS NULL" : "resolved_at IS NOT NULL");
    }
    List<Alert> found =
        database.view(
            s ->
                s.list(
                    "SELECT * FROM alerts WHERE " + where.sql() + " ORDER BY id DESC LIMIT ?",
                    AlertRows::alert,
                    where.arguments(List.of(), page.limit() + 1)));
    return Pages.of(found, page.limit(), a -> a.id().toString());
  }

  private static byte @Nullable [] first(@Nullable Instant time) {
    return time == null ? null : Ulid.first(time).toBytes();
  }

  @Override
  public Optional<Alert> find(AlertId id) {
    return database.read(
        s -> s.first("SELECT * FROM alerts WHERE id = ?", AlertRows::alert, id.toBytes()));
  }

  @Override
  public List<Notice> notices(AlertId alert) {
    return database.read(
        s ->
            s.list(
                "SELECT * FROM alert_notices WHERE alert_id = ? ORDER BY id",
                AlertRows::notice,
                alert.toBytes()));
  }

  @Override
  public List<Notice> dueNotices(Instant now, int limit) {
    return database.read(
        s ->
            s.list(
                """
                SELECT * FROM alert_notices WHERE state = 0 AND next_at <= ?
                ORDER BY next_at, id LIMIT ?
                """,
                AlertRows::notice,
                now.toEpochMilli(),
                limit));
  }

  @Override
  public Optional<Instant> nextNotice() {
    return database.read(
        s ->
            s.first(
                """
                SELECT next_at FROM alert_notices WHERE state = 0 ORDER BY next_at LIMIT 1
                """,
                row -> Columns.time(row, "next_at")));
  }

  @Override
  public void settle(Notice notice) {
    Sending sending = notice.sending();
    database.writeDurably(
        s ->
            s.update(
                """
                UPDATE alert_notices SET state = ?, attempts = ?, next_at = ?, error = ?
                WHERE id = ? AND state = 0
                """,
                AlertRows.code(sending.state()),
                sending.attempts(),
                Columns.ofTime(sending.nextAt()),
                sending.error(),
                notice.id().toBytes()));
  }

  @Override
  public Optional<Webhook> webhook(WorkspaceId workspace) {
    return database.read(
        s ->
            s.first(
                    "SELECT * FROM alert_webhooks WHERE workspace = ?",
                    this::usable,
                    workspace.value())
                .flatMap(it -> it));
  }

  /// Empty if the row cannot be read: then no alert is sent, and all else goes on.
  private Optional<Webhook> usable(ResultSet row) throws SQLException {
    WorkspaceId workspace = new WorkspaceId(Columns.text(row, "workspace"));
    String resource = resource(workspace);
    try {
      Webhook webhook = webhook(row);
      rows.mended(resource);
      return Optional.of(webhook);
    } catch (IllegalArgumentException e) {
      rows.note(workspace, resource, e);
      return Optional.empty();
    }
  }

  private static String resource(WorkspaceId workspace) {
    return "alert webhook of " + workspace;
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    Set<Alert.Kind> kinds =
        Arrays.stream(Columns.text(row, "kinds").split(",", -1))
            .filter(word -> !word.isEmpty())
            .map(Alert.Kind::ofWire)
            .collect(Collectors.toUnmodifiableSet());
    return new Webhook(
        new WorkspaceId(Columns.text(row, "workspace")),
        URI.create(Columns.text(row, "url")),
        kinds);
  }

  @Override
  public void putWebhook(Webhook webhook) {
    String kinds =
        webhook.kinds().stream().map(Alert.Kind::wire).sorted().collect(Collectors.joining(","));
    database.writeDurably(
        s ->
            s.update(
                """
                INSERT INTO alert_webhooks (workspace, url, kinds) VALUES (?, ?, ?)
                ON CONFLICT (workspace) DO UPDATE SET url = excluded.url, kinds = excluded.kinds
                """,
                webhook.workspace().value(),
                webhook.url().toString(),
                kinds));
  }

  @Override
  public boolean deleteWebhook(WorkspaceId workspace) {
    return database.writeDurably(
        s -> {
          s.update(
              """
              UPDATE alert_notices SET state = 2, next_at = NULL, error = 'the webhook was deleted'
              WHERE state = 0 AND workspace = ?
              """,
              workspace.value());
          return s.update("DELETE FROM alert_webhooks WHERE workspace = ?", workspace.value()) > 0;
        });
  }

  @Override
  public void addHours(Collection<NumberHour> counts) {
    List<@Nullable Object[]> rows =
        counts.stream()
            .map(
                it ->
                    new @Nullable Object[] {
                      it.workspace().value(), it.phoneNumberId(), it.hour(), it.webhooks()
                    })
            .toList();
    if (!rows.isEmpty()) {
      database.write(s -> s.bulk(ADD_HOURS, rows));
    }
  }

  @Override
  public List<NumberHour> hours(long fromHour, @Nullable NumberHour after, int limit) {
    Where where = new Where().and("hour >= ?", fromHour);
    if (after != null) {
      where.and(
          "(workspace, phone_number_id, hour) > (?, ?, ?)",
          after.workspace().value(),
          after.phoneNumberId(),
          after.hour());
    }
    return database.read(
        s ->
            s.list(
                "SELECT * FROM number_hours WHERE "
                    + where.sql()
                    + " ORDER BY workspace, phone_number_id, hour LIMIT ?",
                SqlAlerts::hour,
                where.arguments(List.of(), limit)));
  }

  private static NumberHour hour(ResultSet row) throws SQLException {
    return new NumberHour(
        new WorkspaceId(Columns.text(row, "workspace")),
        Columns.text(row, "phone_number_id"),
        row.getLong("hour"),
        row.getLong("webhooks"));
  }
}
