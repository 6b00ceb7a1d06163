package dev.chasqui.projection;

import dev.chasqui.journal.Fact;
import dev.chasqui.model.Notification;
import dev.chasqui.store.EventRow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the rows of `events` from what was projected.
final class EventRows {

  private static final EventRow.Scope NOWHERE = new EventRow.Scope(Set.of(), Set.of());

  private EventRows() {}

  /// The row of an event that could not be projected; it has no items.
  static EventRow failed(long position, Fact.Event fact) {
    return bare(position, fact, EventRow.State.FAILED, NOWHERE);
  }

  /// The row of an event that is not processed; it has no items.
  static EventRow rejected(long position, Fact.Event fact, EventRow.Scope scope) {
    return bare(position, fact, EventRow.State.REJECTED, scope);
  }

  private static EventRow bare(
      long position, Fact.Event fact, EventRow.State state, EventRow.Scope scope) {
    return new EventRow(
        fact.eventId(), position, origin(fact), state, fact.verdicts().summary(), scope, List.of());
  }

  static EventRow of(Split split, EventRow.State state, List<EventRow.Item> items) {
    Fact.Event fact = split.fact();
    return new EventRow(
        fact.eventId(),
        split.position(),
        origin(fact),
        state,
        fact.verdicts().summary(),
        scope(split.items()),
        items);
  }

  /// The row of an event whose signature turned out to be valid.
  static EventRow verified(EventRow row) {
    EventRow.Origin origin = row.origin();
    return new EventRow(
        row.id(),
        row.position(),
        new EventRow.Origin(
            origin.workspace(), origin.source(), origin.deliveryId(), true, origin.bodyHash()),
        row.state(),
        row.summary(),
        row.scope(),
        row.items());
  }

  private static EventRow.Origin origin(Fact.Event fact) {
    return new EventRow.Origin(
        fact.origin().workspace(),
        fact.origin().source(),
        fact.origin().deliveryId(),
        fact.verdicts().signatureValid(),
        fact.bodySha256());
  }

  private static EventRow.Scope scope(List<Notification> items) {
    if (items.size() == 1) {
      Notification.Origin origin = items.getFirst().origin();
      return new EventRow.Scope(setOf(origin.phoneNumberId()), setOf(origin.wabaId()));
    }
    Set<String> numbers = new HashSet<>();
    Set<String> wabas = new HashSet<>();
    for (Notification item : items) {
      numbers.addAll(setOf(item.origin().phoneNumberId()));
      wabas.addAll(setOf(item.origin().wabaId()));
    }
    return new EventRow.Scope(numbers, wabas);
  }

  private static Set<String> setOf(@Nullable String id) {
    return id == null ? Set.of() : Set.of(id);
  }
}
