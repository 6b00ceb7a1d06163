package dev.chasqui.store.sql;

import java.sql.SQLException;

/// How far the projection and the ledger writer are in each partition of the journal.
final class Cursors {

  private Cursors() {}

  static long read(Session session, String name, int partition) throws SQLException {
    return session.number(
        "SELECT position FROM cursors WHERE name = ? AND partition_no = ?", 0, name, partition);
  }

  /// @return whether the cursor moved; false if it was there or further already
  static boolean advance(Session session, String name, int partition, long to) throws SQLException {
    int changed =
        session.update(
            """
            INSERT INTO cursors (name, partition_no, position) VALUES (?, ?, ?)
            ON CONFLICT (name, partition_no) DO UPDATE SET position = excluded.position
            WHERE excluded.position > cursors.position
            """,
            name,
            partition,
            to);
    return changed > 0;
  }
}
