package dev.chasqui.store.sql;

import dev.chasqui.model.Ulid;
import dev.chasqui.store.Housekeeping;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deletes what is past its retention. Dead letters and rejected events are found by their indexes;
/// other tables whose ids begin with the time are swept up to the bound every few minutes. What is
/// keyed by hashes has to be walked through, of what is kept in [Generations] those that hold
/// anything too old, of the dedup keys all; so that is done every few hours. Where less is kept
/// than that, both are done more often: what is past its age stays for a quarter of it at most.
final class SqlHousekeeping implements Housekeeping {

  /// Rows of a table that one step looks at: a transaction of a few milliseconds.
  static final int WINDOW = 2_000;

  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(5);
  private static final Duration BETWEEN_WALKS = Duration.ofHours(6);
  private static final int ROUNDS_PER_AGE = 4;
  private static final RowReader<byte[]> ID = row -> row.getBytes(1);

  /// Of dead letters that are gone, or were delivered after all.
  private static final String PAYLOAD_UNUSED =
      """
      NOT EXISTS (SELECT 1 FROM deliveries d
        WHERE d.id = dead_payloads.delivery_id AND d.state <> 3)
      """;

  private final Database database;
  private final Sweep events = timed("events", "state <> 2");
  private final Sweep deliveries = timed("deliveries", "state IN (3, 5, 6)");
  private final Sweep jobs = timed("jobs", "state <> 'failed'");
  private final Sweep replays = timed("replays", "state <> 'running'");
  private final Sweep submissions = timed("submissions", "(state <> 0 OR id <= ?)");
  private final Sweep seen = new Sweep(new Sweep.Table("seen", "item_key", WINDOW, "event_id < ?"));
  private final GenerationSweep messages =
      new GenerationSweep(new GenerationSweep.Table("messages", "id", "last_event", WINDOW));
  private final GenerationSweep mentions =
      new GenerationSweep(new GenerationSweep.Table("mentions", "hash", "event_id", WINDOW));
  private final Sweep payloads =
      new Sweep(new Sweep.Table("dead_payloads", "delivery_id", WINDOW, PAYLOAD_UNUSED));
  private final EventPayloads eventPayloads = new EventPayloads();
  private final Rounds sweeps = new Rounds(BETWEEN_SWEEPS);
  private final Rounds walks = new Rounds(BETWEEN_WALKS);

  SqlHousekeeping(Database database) {
    this.database = database;
  }

  private static Sweep timed(String table, String condition) {
    return new Sweep(new Sweep.Table(table, "id", WINDOW, condition));
  }

  @Override
  public synchronized boolean step(Retention retention, Instant now) {
    boolean more = database.write(s -> deleteIndexed(s, retention, now));
    if (sweeps.isDue(now, later(retention.eventsFrom(), retention.submissionsFrom()))) {
      more |= sweeps.went(database.write(s -> sweep(s, retention)), now);
    }
    if (walks.isDue(now, later(retention.eventsFrom(), retention.keysFrom()))) {
      more |= walks.went(database.write(s -> walk(s, retention, now)), now);
    }
    return more;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static boolean deleteIndexed(Session session, Retention retention, Instant now)
      throws SQLException {
    int dead = deleteDead(session, retention);
    int rejected =
        session.update(
            """
            DELETE FROM events WHERE id IN (
              SELECT id FROM events WHERE state > 0 AND state = 2 AND id <= ? ORDER BY id LIMIT ?)
            """,
            rejectsBound(session, retention),
            WINDOW);
    boolean moreSwitches = SqlFallbackSwitches.deleteOld(session, retention);
    boolean moreAlerts = AlertRows.deleteOld(session, retention);
    boolean moreSeries = SqlSeries.deleteOld(session, now);
    boolean moreClaims = SqlConversationClaims.deleteLapsed(session, now);
    boolean moreRows = moreSwitches || moreAlerts || moreSeries || moreClaims;
    return dead == WINDOW || rejected == WINDOW || moreRows;
  }

  private static int deleteDead(Session session, Retention retention) throws SQLException {
    DeadCounts counts = new DeadCounts();
    List<DeadCounts.Cause> gone =
        session.list(
            """
            DELETE FROM deliveries WHERE id IN (
              SELECT id FROM deliveries WHERE state = 4 AND id <= ? ORDER BY id LIMIT ?)
            RETURNING endpoint_id, dead_reason
            """,
            DeadCounts.Cause::read,
            bound(retention.deadFrom()),
            WINDOW);
    gone.forEach(counts::count);
    counts.left(session);
    return gone.size();
  }

  private boolean sweep(Session session, Retention retention) throws SQLException {
    byte[] eventsFrom = bound(retention.eventsFrom());
    Counters.merge(session);
    boolean more = events.step(session, eventsFrom);
    more |= deliveries.step(session, eventsFrom);
    more |= jobs.step(session, eventsFrom);
    more |= replays.step(session, eventsFrom);
    more |= eventPayloads.deleteUnused(session);
    more |= submissions.step(session, bound(retention.submissionsFrom()), eventsFrom);
    return more;
  }

  /// The time up to which rejected events go, or the newest one beyond their number.
  private static byte[] rejectsBound(Session session, Retention retention) throws SQLException {
    byte[] byAge = bound(retention.rejectsFrom());
    List<byte[]> beyond =
        session.list(
            """
            SELECT id FROM events WHERE state > 0 AND state = 2
            ORDER BY id DESC LIMIT 1 OFFSET ?
            """,
            ID,
            retention.rejectsMax());
    return beyond.isEmpty() || Compare.UNSIGNED.compare(beyond.getFirst(), byAge) < 0
        ? byAge
        : beyond.getFirst();
  }

  private boolean walk(Session session, Retention retention, Instant now) throws SQLException {
    AlertRows.deleteOldHours(session, now);
    byte[] eventsFrom = bound(retention.eventsFrom());
    boolean more = seen.step(session, Pages.aboveAll(), bound(retention.keysFrom()));
    more |= messages.step(session, eventsFrom);
    more |= mentions.step(session, eventsFrom);
    more |= payloads.step(session, Pages.aboveAll());
    return more;
  }

  /// The greatest id before a time.
  static byte[] bound(Instant time) {
    Ulid first = Ulid.first(time);
    return first.low() == 0
        ? new Ulid(first.high() - 1, -1).toBytes()
        : new Ulid(first.high(), first.low() - 1).toBytes();
  }

  /// Rounds with a pause between the end of one and the beginning of the next.
  private static final class Rounds {

    private final Duration pause;
    private @Nullable Instant ended;

    Rounds(Duration pause) {
      this.pause = pause;
    }

    /// @param keptFrom of what is deleted in the rounds
    boolean isDue(Instant now, Instant keptFrom) {
      Duration part = Duration.between(keptFrom, now).dividedBy(ROUNDS_PER_AGE);
      Duration shorter = part.compareTo(pause) < 0 ? part : pause;
      return ended == null || !ended.plus(shorter).isAfter(now);
    }

    boolean went(boolean more, Instant now) {
      ended = more ? null : now;
      return more;
    }
  }
}
