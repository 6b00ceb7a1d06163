package dev.chasqui.store.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Locks for rows that a transaction reads, adds to and writes back. Between reading and writing
/// another transaction must not do the same, else what one adds is lost; and the rows' own locks do
/// not help where a row is not there yet. So a transaction first takes the locks of its rows, held
/// until its commit. SQLite has one writer and needs none.
final class RowLocks {

  /// Locks for rows of the ledger's messages.
  static final RowLocks MESSAGES = new RowLocks(0);

  /// Locks for rows of submissions.
  static final RowLocks SUBMISSIONS = new RowLocks(1);

  /// The number of locks that all rows of a kind share, so that a transaction never holds many.
  private static final int LOCKS = 64;

  /// The first half of an advisory lock's number; other kinds of locks have other halves.
  private static final int FAMILY = 0x726f7700;

  private final Bulk take;

  /// The locks are taken in the order in which the rows are given.
  private RowLocks(int kind) {
    this.take =
        Bulk.of(
            "WITH v (lock_no) AS ({rows}) SELECT 1 FROM v, LATERAL (SELECT pg_advisory_xact_lock("
                + (FAMILY + kind)
                + ", v.lock_no::int) LIMIT 1) taken",
            SqlType.NUMBER);
  }

  /// Takes the locks of rows by a hash of their keys, all transactions in the same order.
  void take(Session session, LongStream hashes) throws SQLException {
    if (session.dialect().hasOneWriter()) {
      return;
    }
    List<@Nullable Object[]> locks =
        hashes
            .map(hash -> Math.floorMod(hash, LOCKS))
            .distinct()
            .sorted()
            .mapToObj(lock -> new @Nullable Object[] {lock})
            .toList();
    session.bulk(take, locks, row -> row.getInt(1));
  }
}
