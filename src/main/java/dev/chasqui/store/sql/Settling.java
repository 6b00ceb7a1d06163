package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.ProjectionStore.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One batch of settlements in one transaction. Each row is changed only while its lease is the
/// settlement's; what answers with its id has kept it.
final class Settling {

  private static final Bulk DELIVERED =
      Bulk.of(
          """
          WITH v (id, fence, made_at, millis, status, outcome, body) AS ({rows})
          UPDATE deliveries SET state = 3, next_at = NULL, lease_node = NULL, lease_fence = NULL,
            lease_until = NULL, tries = tries + 1, attempts = attempts + 1,
            success_at = v.made_at, success_millis = v.millis, success_status = v.status,
            success_outcome = v.outcome, success_body = v.body
          FROM v WHERE deliveries.id = v.id AND deliveries.lease_fence = v.fence
          RETURNING deliveries.id, deliveries.state, deliveries.line_key, deliveries.endpoint_id,
            deliveries.stored
          """,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.TEXT,
          SqlType.TEXT);

  private static final Bulk RETURNED =
      Bulk.of(
          """
          WITH v (id, fence, due_at) AS ({rows})
          UPDATE deliveries SET state = CASE WHEN tries = 0 THEN 0 ELSE 1 END, next_at = v.due_at,
            lease_node = NULL, lease_fence = NULL, lease_until = NULL
          FROM v WHERE deliveries.id = v.id AND deliveries.lease_fence = v.fence
          RETURNING deliveries.id, deliveries.state, deliveries.line_key, deliveries.endpoint_id,
            deliveries.stored
          """,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.NUMBER);

  private static final Bulk READ_HISTORIES =
      Bulk.of(
          """
          WITH v (id, fence) AS ({rows})
          SELECT deliveries.id, deliveries.history FROM v
          JOIN deliveries ON deliveries.id = v.id AND deliveries.lease_fence = v.fence
          """,
          SqlType.BYTES,
          SqlType.NUMBER);

  private static final Bulk FAILED =
      Bulk.of(
          """
          WITH v (id, fence, state, next_at, reason, made, probe, failed_at, history)
            AS ({rows})
          UPDATE deliveries SET state = v.state, next_at = v.next_at, lease_node = NULL,
            lease_fence = NULL, lease_until = NULL, tries = tries + v.made,
            probes = probes + v.probe, failed_at = coalesce(v.failed_at, deliveries.failed_at),
            attempts = attempts + v.made, dead_reason = v.reason, history = v.history
          FROM v WHERE deliveries.id = v.id AND deliveries.lease_fence = v.fence
          RETURNING deliveries.id, deliveries.state, deliveries.line_key, deliveries.endpoint_id,
            deliveries.stored, deliveries.event_id, deliveries.position
          """,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.TEXT);

  private final Session session;
  private final Instant now;
  private final ContactQueues contactQueues = new ContactQueues();
  private final HeldBacklogs held = new HeldBacklogs();
  private final Set<DeliveryId> kept = new HashSet<>();
  private final List<Settlement.Delivered> delivered = new ArrayList<>();
  private final List<Settlement.Returned> returned = new ArrayList<>();
  private final List<Settlement.Moved> moved = new ArrayList<>();
  private final List<Failure> failed = new ArrayList<>();
  private final List<Settlement.Dead> dead = new ArrayList<>();

  private Settling(Session session, Instant now) {
    this.session = session;
    this.now = now;
  }

  /// @return the deliveries whose lease was lost
  static Set<DeliveryId> settle(Session session, Collection<Settlement> settlements, Instant now)
      throws SQLException {
    Settling settling = new Settling(session, now);
    settlements.forEach(settling::sort);
    settling.write();
    Set<DeliveryId> lost = new HashSet<>();
    settlements.forEach(s -> lost.add(s.id()));
    lost.removeAll(settling.kept);
    return lost;
  }

  private void sort(Settlement settlement) {
    switch (settlement) {
      case Settlement.Delivered it -> delivered.add(it);
      case Settlement.Returned it -> returned.add(it);
      case Settlement.Moved it -> moved.add(it);
      case Settlement.Retry it ->
          failed.add(
              new Failure(
                  it, DeliveryStates.RETRYING, it.nextAt().toEpochMilli(), null, it.attempt()));
      case Settlement.Dead it -> {
        failed.add(new Failure(it, DeliveryStates.DEAD, null, it.reason(), it.attempt()));
        dead.add(it);
      }
    }
  }

  private void write() throws SQLException {
    change(DELIVERED, delivered.stream().map(Settling::row).toList());
    change(RETURNED, returned.stream().map(Settling::row).toList());
    if (!failed.isEmpty()) {
      writeFailed();
    }
    for (Settlement.Moved one : moved) {
      kept.addAll(MovingRows.move(session, one, contactQueues, held));
    }
    contactQueues.pass(session);
    held.write(session);
  }

  private void writeFailed() throws SQLException {
    Map<DeliveryId, @Nullable String> histories = histories();
    List<@Nullable Object[]> rows =
        failed.stream().map(f -> f.row(histories.get(f.by().id()))).toList();
    Map<DeliveryId, Settled> settled = new HashMap<>();
    session.bulk(FAILED, rows, row -> settled.put(changed(row), Settled.read(row)));
    kept.addAll(settled.keySet());
    deadLetter(settled);
  }

  /// Of those that died and whose lease was theirs.
  private void deadLetter(Map<DeliveryId, Settled> settled) throws SQLException {
    DeadCounts counts = new DeadCounts();
    Map<DeliveryId, DeadPayload> payloads = new LinkedHashMap<>();
    Map<DeliveryId, Source> unkept = new LinkedHashMap<>();
    for (Settlement.Dead one : dead) {
      Settled row = settled.get(one.id());
      if (row != null) {
        counts.count(new DeadCounts.Cause(row.endpoint(), one.reason()));
        if (one.payload() == null && !row.isHeld()) {
          unkept.put(one.id(), row.source());
        } else if (one.payload() != null && !row.isHeld()) {
          payloads.put(one.id(), one.payload());
        }
      }
    }
    session.bulk(DeadPayloads.INSERT, DeadPayloads.rows(payloads.keySet(), payloads));
    DeadPayloads.unkept(session, unkept);
    counts.died(session);
  }

  /// A row that was changed.
  ///
  /// @param isHeld whether its event is kept with those of others
  private record Settled(EndpointId endpoint, Source source, boolean isHeld) {
    static Settled read(ResultSet row) throws SQLException {
      return new Settled(
          EndpointId.fromBytes(Columns.bytes(row, "endpoint_id")),
          Columns.source(row),
          row.getLong("stored") > 0);
    }
  }

  private Map<DeliveryId, @Nullable String> histories() throws SQLException {
    Map<DeliveryId, @Nullable String> histories = new HashMap<>();
    List<@Nullable Object[]> rows =
        failed.stream()
            .map(f -> new @Nullable Object[] {f.by().id().toBytes(), f.by().lease().fence()})
            .toList();
    session
        .bulk(READ_HISTORIES, rows, r -> new History(id(r.getBytes(1)), r.getString(2)))
        .forEach(h -> histories.put(h.id(), h.text()));
    return histories;
  }

  private void change(Bulk bulk, List<@Nullable Object[]> rows) throws SQLException {
    kept.addAll(session.bulk(bulk, rows, this::changed));
  }

  private DeliveryId changed(ResultSet row) throws SQLException {
    boolean hasEnded = row.getInt(2) >= DeliveryStates.DELIVERED;
    if (hasEnded) {
      contactQueues.note(row, now);
      held.went(row);
    }
    return id(row.getBytes(1));
  }

  private static DeliveryId id(byte[] bytes) {
    return DeliveryId.fromBytes(bytes);
  }

  private static @Nullable Object[] row(Settlement.Delivered it) {
    Attempt attempt = it.attempt();
    return new @Nullable Object[] {
      it.id().toBytes(),
      it.lease().fence(),
      attempt.at().toEpochMilli(),
      attempt.millis(),
      attempt.status(),
      attempt.outcome(),
      attempt.responseBody()
    };
  }

  private static @Nullable Object[] row(Settlement.Returned it) {
    return new @Nullable Object[] {
      it.id().toBytes(), it.lease().fence(), it.dueAt().toEpochMilli()
    };
  }

  private record History(DeliveryId id, @Nullable String text) {}

  /// A settlement that tells of an attempt which failed, or of the end without one.
  private record Failure(
      Settlement by,
      int state,
      @Nullable Long nextAt,
      @Nullable String reason,
      @Nullable Attempt attempt) {

    @Nullable Object[] row(@Nullable String history) {
      return new @Nullable Object[] {
        by.id().toBytes(),
        by.lease().fence(),
        state,
        nextAt,
        reason,
        attempt == null ? 0 : 1,
        by instanceof Settlement.Retry(_, _, _, _, boolean isProbe) && isProbe ? 1 : 0,
        attempt == null ? null : attempt.at().toEpochMilli(),
        attempt == null ? history : AttemptHistory.append(history, attempt)
      };
    }
  }
}
