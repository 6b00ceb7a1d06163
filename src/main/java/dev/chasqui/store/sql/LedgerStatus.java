package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Notification;
import dev.chasqui.store.EventViews.StatusView;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One status of a message as the ledger keeps it. Statuses with the same word, member and time are
/// the same one, told twice.
record LedgerStatus(
    String word,
    @Nullable Instant at,
    @Nullable String participant,
    List<Long> errorCodes,
    EventId event) {

  static final Comparator<LedgerStatus> BY_EVENT = Comparator.comparing(LedgerStatus::event);

  /// Oldest first, by the platform's time; those without one come last.
  static final Comparator<LedgerStatus> ORDER =
      Comparator.comparing(LedgerStatus::at, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparingInt(LedgerStatus::rank)
          .thenComparing(LedgerStatus::word)
          .thenComparing(
              LedgerStatus::participant, Comparator.nullsFirst(Comparator.naturalOrder()));

  static LedgerStatus of(Notification.Status status, EventId event) {
    return new LedgerStatus(
        status.status(),
        status.report().at(),
        status.participant(),
        status.report().faults().stream().map(Notification.Fault::code).toList(),
        event);
  }

  /// The status that the answer to a send gave the message.
  static LedgerStatus ofAnswer(String word, EventId event) {
    return new LedgerStatus(word, event.ulid().time(), null, List.of(), event);
  }

  /// Several statuses often carry the same second.
  private int rank() {
    return List.of("sent", "delivered", "read", "played").indexOf(word);
  }

  StatusView view() {
    return new StatusView(word, at, participant, errorCodes, event);
  }

  List<@Nullable Object> toRow() {
    return Arrays.asList(word, Columns.ofTime(at), participant, errorCodes, event.toString());
  }

  static LedgerStatus ofRow(List<@Nullable Object> row) {
    Number at = (Number) row.get(1);
    Collection<?> codes = (Collection<?>) Objects.requireNonNull(row.get(3));
    return new LedgerStatus(
        (String) Objects.requireNonNull(row.get(0)),
        at == null ? null : Instant.ofEpochMilli(at.longValue()),
        (String) row.get(2),
        codes.stream().map(c -> ((Number) Objects.requireNonNull(c)).longValue()).toList(),
        EventId.parse((String) Objects.requireNonNull(row.get(4))));
  }
}
