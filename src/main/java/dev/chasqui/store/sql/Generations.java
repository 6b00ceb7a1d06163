package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;

/// The ledger's widest tables are written in generations. Their rows are keyed by hashes, which
/// spread over the whole key space: in one tree of many gigabytes nearly each row would dirty a
/// page of its own, in the log and again in the file. So a generation's number precedes the hash in
/// the key. A generation takes rows until it is full, then the next one begins; so writes stay
/// within the few megabytes of the newest one, at any rate and after any time.
///
/// A row is changed in the newest generation only, so one message may have rows in several;
/// together they hold all that is known of it. A reader looks a hash up in each generation, one
/// index descent each. Small generations put more rows of a run on one page; but the more
/// generations there are, the longer each lookup takes. So generations begin small and grow with
/// the number kept: their number is about the square root of the rows.
///
/// The count of rows in a generation is written in the same transaction as the rows, and last: with
/// PostgreSQL, nodes that write at the same time wait for each other there, after all their rows
/// are in, so a transaction that others wait for waits for none itself. Two nodes may both begin
/// the same generation, or put more into a full one; the bound is approximate.
///
/// @param messageRows how many rows of the ledger a generation takes: some 3 MB
/// @param mentionRows how many mentions a generation takes: some 2 MB
record Generations(int messageRows, int mentionRows) {

  static final Generations USUAL = new Generations(20_000, 50_000);

  /// With so many kept a generation takes twice as many rows, with twice as many three times.
  static final int MANY = 250;

  Generations {
    if (messageRows < 1 || mentionRows < 1) {
      throw new IllegalArgumentException("a generation takes at least one row");
    }
  }

  Newest ofMessages(Session session) throws SQLException {
    return newest(session, "messages", messageRows);
  }

  Newest ofMentions(Session session) throws SQLException {
    return newest(session, "mentions", mentionRows);
  }

  private static Newest newest(Session session, String table, int rows) throws SQLException {
    return session
        .first(
            """
            SELECT generation, row_count,
              generation - (SELECT min(generation) FROM generations WHERE of_table = ?)
            FROM generations WHERE of_table = ? ORDER BY generation DESC LIMIT 1
            """,
            row -> {
              boolean isFull = row.getLong(2) >= rows * (1 + row.getLong(3) / MANY);
              return new Newest(table, isFull ? row.getLong(1) + 1 : row.getLong(1));
            },
            table,
            table)
        .orElseGet(() -> new Newest(table, 0));
  }

  /// The generation that takes rows now.
  record Newest(String table, long number) {

    private static final String TOOK =
        """
        INSERT INTO generations (of_table, generation, row_count, oldest_event, newest_event)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (of_table, generation) DO UPDATE SET
          row_count = generations.row_count + excluded.row_count,
          oldest_event = CASE WHEN excluded.oldest_event < generations.oldest_event
            THEN excluded.oldest_event ELSE generations.oldest_event END,
          newest_event = CASE WHEN excluded.newest_event > generations.newest_event
            THEN excluded.newest_event ELSE generations.newest_event END
        """;

    /// Tells what was put into it. The last statement of its part: see above.
    ///
    /// @param events that the rows name, at least one
    void took(Session session, int rows, Collection<EventId> events) throws SQLException {
      byte[] oldest = Collections.min(events).toBytes();
      byte[] newest = Collections.max(events).toBytes();
      session.update(TOOK, table, number, rows, oldest, newest);
    }
  }
}
