package dev.chasqui.store.sql;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// The table of secrets: of each name the current one and at most one former.
final class SecretRows {

  private final UnusableRows rows;

  SecretRows(UnusableRows rows) {
    this.rows = rows;
  }

  List<Secret> all(Session session) throws SQLException {
    return rows.list(
        session,
        "SELECT * FROM secrets ORDER BY workspace, name, since DESC",
        SecretRows::resource,
        this::secret);
  }

  void put(Session session, Secret secret, Instant formerUntil) throws SQLException {
    String workspace = secret.workspace().value();
    long newest =
        session.number(
            "SELECT max(since) FROM secrets WHERE workspace = ? AND name = ?",
            Long.MIN_VALUE,
            workspace,
            secret.name());
    // Two in the same millisecond still have an order.
    long since = Math.max(secret.since().toEpochMilli(), newest + 1);
    session.update(
        "DELETE FROM secrets WHERE workspace = ? AND name = ? AND until IS NOT NULL",
        workspace,
        secret.name());
    session.update(
        "UPDATE secrets SET until = ? WHERE workspace = ? AND name = ?",
        formerUntil.toEpochMilli(),
        workspace,
        secret.name());
    session.update(
        "INSERT INTO secrets (workspace, name, since, until, sealed) VALUES (?, ?, ?, NULL, ?)",
        workspace,
        secret.name(),
        since,
        rows.seal(secret.value(), context(workspace, secret.name())));
  }

  private Secret secret(ResultSet row) throws SQLException {
    String workspace = row.getString("workspace");
    String name = row.getString("name");
    return new Secret(
        new WorkspaceId(workspace),
        name,
        rows.open(row.getBytes("sealed"), context(workspace, name)),
        Columns.time(row, "since"),
        Columns.timeOrNull(row, "until"));
  }

  private static String resource(ResultSet row) throws SQLException {
    String former = Columns.timeOrNull(row, "until") == null ? "" : "former ";
    return former + "secret " + row.getString("name") + " of " + row.getString("workspace");
  }

  private static String context(String workspace, String name) {
    return "secret " + workspace + " " + name;
  }
}
