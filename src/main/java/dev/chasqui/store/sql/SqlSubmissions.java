package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.SubmissionStore;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What is read of submissions; [SubmissionRows] writes them.
final class SqlSubmissions implements SubmissionStore {

  private final Database database;

  SqlSubmissions(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Sending> byKey(String key, Instant since) {
    List<SubmissionRow> found =
        database.read(
            s ->
                s.list(
                    """
                    SELECT * FROM submissions WHERE idempotency_key = ? AND id >= ?
                    ORDER BY CASE state WHEN 1 THEN 0 WHEN 0 THEN 1 ELSE 2 END, id DESC LIMIT 1
                    """,
                    SubmissionRows::row,
                    HexFormat.of().parseHex(key),
                    Ulid.first(since).toBytes()));
    return found.stream().findFirst().map(row -> row.view().sending());
  }

  @Override
  public Optional<SubmissionView> find(WorkspaceId workspace, EventId submission) {
    return database
        .read(
            s ->
                s.first(
                    "SELECT * FROM submissions WHERE id = ? AND workspace = ? AND state <> 3",
                    SubmissionRows::row,
                    submission.toBytes(),
                    workspace.value()))
        .map(SubmissionRow::view);
  }

  @Override
  public Page<SubmissionView> unknown(WorkspaceId workspace, PageRequest page) {
    byte[] before = Pages.before(page.cursor(), c -> EventId.parse(c).toBytes());
    List<SubmissionRow> found =
        database.view(
            s ->
                s.list(
                    """
                    SELECT * FROM submissions WHERE workspace = ? AND state = 0 AND id < ?
                    ORDER BY id DESC LIMIT ?
                    """,
                    SubmissionRows::row,
                    workspace.value(),
                    before,
                    page.limit() + 1));
    return Pages.of(
        found.stream().map(SubmissionRow::view).toList(),
        page.limit(),
        view -> view.sending().submission().toString());
  }
}
