package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Failed jobs and replays.
final class SqlJobs implements JobStore {

  static final Bulk INSERT =
      Bulk.of(
          """
          WITH v (id, workspace, event_id, position, state, attempts, error, updated_at)
            AS ({rows})
          INSERT INTO jobs (id, workspace, event_id, position, state, attempts, error, updated_at)
          SELECT * FROM v WHERE true
          ON CONFLICT (id) DO NOTHING
          """,
          SqlType.BYTES,
          SqlType.TEXT,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.TEXT,
          SqlType.NUMBER);

  private static final int REPLAYS_LOOKED_THROUGH = 1_000;

  private final Database database;

  SqlJobs(Database database) {
    this.database = database;
  }

  static List<@Nullable Object[]> rows(List<FailedJob> jobs) {
    return jobs.stream().map(SqlJobs::row).toList();
  }

  private static @Nullable Object[] row(FailedJob job) {
    return new @Nullable Object[] {
      job.id().toBytes(),
      job.workspace().value(),
      job.event().toBytes(),
      job.position(),
      job.status().state(),
      job.status().attempts(),
      job.status().error(),
      job.status().updatedAt().toEpochMilli()
    };
  }

  @Override
  public Optional<FailedJob> find(JobId id) {
    return database.read(
        s -> s.first("SELECT * FROM jobs WHERE id = ?", SqlJobs::job, id.toBytes()));
  }

  @Override
  public Page<FailedJob> list(WorkspaceId workspace, PageRequest page) {
    byte[] before = Pages.before(page.cursor(), c -> JobId.parse(c).toBytes());
    List<FailedJob> found =
        database.view(
            s ->
                s.list(
                    """
                    SELECT * FROM jobs WHERE workspace = ? AND id < ?
                    ORDER BY id DESC LIMIT ?
                    """,
                    SqlJobs::job,
                    workspace.value(),
                    before,
                    page.limit() + 1));
    return Pages.of(found, page.limit(), j -> j.id().toString());
  }

  @Override
  public OptionalLong oldestFailedPosition() {
    long position =
        database.read(
            s ->
                s.number(
                    "SELECT position FROM jobs WHERE state = 'failed' ORDER BY position LIMIT 1",
                    -1));
    return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
  }

  @Override
  public void recordRetry(JobId id, @Nullable String error, Instant at) {
    database.write(
        s ->
            error == null
                ? s.update(
                    """
                    UPDATE jobs SET state = 'succeeded', attempts = attempts + 1, updated_at = ?
                    WHERE id = ?
                    """,
                    at.toEpochMilli(),
                    id.toBytes())
                : s.update(
                    """
                    UPDATE jobs SET state = 'failed', attempts = attempts + 1, error = ?,
                      updated_at = ?
                    WHERE id = ?
                    """,
                    error,
                    at.toEpochMilli(),
                    id.toBytes()));
  }

  @Override
  public void putReplay(Replay replay) {
    Progress progress = replay.progress();
    database.writeDurably(
        s ->
            s.update(
                """
                INSERT INTO replays (id, workspace, request, state, total, done, last_done,
                  updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                replay.id().toBytes(),
                replay.workspace().value(),
                replay.request(),
                replay.state(),
                progress.total(),
                progress.done(),
                progress.after(),
                progress.updatedAt().toEpochMilli()));
  }

  @Override
  public void updateReplay(Replay replay) {
    Progress progress = replay.progress();
    database.write(
        s ->
            s.update(
                """
                UPDATE replays SET state = ?, total = ?, done = ?, last_done = ?, updated_at = ?
                WHERE id = ?
                """,
                replay.state(),
                progress.total(),
                progress.done(),
                progress.after(),
                progress.updatedAt().toEpochMilli(),
                replay.id().toBytes()));
  }

  @Override
  public Optional<Replay> findReplay(ReplayId id) {
    return database.read(
        s -> s.first("SELECT * FROM replays WHERE id = ?", SqlJobs::replay, id.toBytes()));
  }

  /// An order tells the ids of its events in quotes; it is older than none of them.
  @Override
  public List<Replay> replaysOf(WorkspaceId workspace, EventId event, int limit) {
    Ulid from = Ulid.first(event.ulid().time());
    Ulid to = Ulid.first(event.ulid().time().plusMillis(1));
    return database.view(
        s ->
            s.list(
                """
                SELECT * FROM replays WHERE workspace = ? AND id IN (
                  SELECT replayed_by FROM deliveries WHERE id >= ? AND id < ? AND event_id = ?)
                UNION
                SELECT * FROM (
                  SELECT * FROM replays WHERE workspace = ? AND id >= ? ORDER BY id DESC LIMIT ?
                ) AS newest WHERE %s
                ORDER BY id DESC LIMIT ?
                """
                    .formatted(s.dialect().contains("request")),
                SqlJobs::replay,
                workspace.value(),
                from.toBytes(),
                to.toBytes(),
                event.toBytes(),
                workspace.value(),
                from.toBytes(),
                REPLAYS_LOOKED_THROUGH,
                JsonColumns.write(event.toString()),
                limit));
  }

  @Override
  public List<Replay> unfinishedReplays() {
    return database.read(
        s -> s.list("SELECT * FROM replays WHERE state = 'running' ORDER BY id", SqlJobs::replay));
  }

  private static FailedJob job(ResultSet row) throws SQLException {
    return new FailedJob(
        JobId.fromBytes(Columns.bytes(row, "id")),
        new WorkspaceId(Columns.text(row, "workspace")),
        EventId.fromBytes(Columns.bytes(row, "event_id")),
        row.getLong("position"),
        new Status(
            Columns.text(row, "state"),
            row.getInt("attempts"),
            Columns.text(row, "error"),
            Columns.time(row, "updated_at")));
  }

  private static Replay replay(ResultSet row) throws SQLException {
    return new Replay(
        ReplayId.fromBytes(Columns.bytes(row, "id")),
        new WorkspaceId(Columns.text(row, "workspace")),
        Columns.text(row, "request"),
        Columns.text(row, "state"),
        new Progress(
            row.getLong("total"),
            row.getLong("done"),
            row.getString("last_done"),
            Columns.time(row, "updated_at")));
  }
}
