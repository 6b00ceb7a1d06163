package dev.chasqui.api.operator;

import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.operations.events.Rejection;
import dev.chasqui.store.ContactStore;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews.ContentFilter;
import dev.chasqui.store.EventViews.Filter;
import dev.chasqui.store.EventViews.OriginFilter;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which of what happens one reader of the tail is told. With a filter on events it is told of
/// deliveries of those events only that it was told of; a bounded number of them is remembered.
final class TailFilter {

  /// The filters there are.
  static final String[] NAMES = {
    "topic",
    "source",
    "signatureValid",
    "field",
    "phoneNumberId",
    "wabaId",
    "wamid",
    "waId",
    "state",
    "reason",
    "deliveryId",
    "endpointId",
    "only"
  };

  private static final int MOST_REMEMBERED = 10_000;
  private static final String EVENTS = "events";
  private static final String DELIVERIES = "deliveries";

  private final Filter events;
  private final @Nullable EndpointId endpoint;
  private final @Nullable String only;
  private final @Nullable NamedContact contact;
  private final boolean isAnyEvent;
  private final Set<EventId> passed = new LinkedHashSet<>();

  private TailFilter(
      Filter events,
      @Nullable EndpointId endpoint,
      @Nullable String only,
      @Nullable NamedContact contact) {
    this.events = events;
    this.endpoint = endpoint;
    this.only = only;
    this.contact = contact;
    this.isAnyEvent =
        events.origin().equals(new OriginFilter(null, null, null, null))
            && events.content().equals(new ContentFilter(null, null, null, null, null, null));
  }

  /// @param contacts knows all ids of the contact that is asked for
  static TailFilter of(OperatorCall call, ContactStore contacts, Clock clock) {
    String waId = call.query("waId");
    return new TailFilter(
        EventFilters.events(call),
        call.query("endpointId", EndpointId::parse),
        call.query("only", TailFilter::kind),
        waId == null ? null : new NamedContact(() -> contacts.ids(call.workspace(), waId), clock));
  }

  private static String kind(String word) {
    if (word.equals(EVENTS) || word.equals(DELIVERIES)) {
      return word;
    }
    throw new IllegalArgumentException("must be events or deliveries");
  }

  /// The items of an event, which may be more than its row has in memory.
  @FunctionalInterface
  interface Items {

    /// Whether one of them matches.
    boolean any(Predicate<EventRow.Item> wanted);
  }

  /// Whether an event passes, which is remembered, and is to be told.
  ///
  /// @param items all that is in the event
  boolean tells(EventRow row, Items items) {
    boolean passes = passes(row.origin(), row) && passes(events.content(), row) && hasNamed(items);
    if (passes && !isAnyEvent) {
      remember(row.id());
    }
    return passes && !DELIVERIES.equals(only);
  }

  /// Whether a delivery is to be told.
  boolean tells(EventId event, EndpointId to) {
    boolean isWanted = endpoint == null || endpoint.equals(to);
    return isWanted && !EVENTS.equals(only) && (isAnyEvent || passed.contains(event));
  }

  private void remember(EventId id) {
    passed.add(id);
    if (passed.size() > MOST_REMEMBERED) {
      Iterator<EventId> oldest = passed.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private boolean passes(EventRow.Origin origin, EventRow row) {
    OriginFilter wanted = events.origin();
    return isAny(wanted.source(), origin.source())
        && isAny(wanted.signatureValid(), origin.signatureValid())
        && isAny(wanted.state(), row.state())
        && (wanted.reason() == null || wanted.reason().equals(Rejection.reason(row)))
        && (wanted.deliveryId() == null || wanted.deliveryId().equals(origin.deliveryId()));
  }

  private static boolean passes(ContentFilter wanted, EventRow row) {
    String field = wanted.field();
    String number = wanted.phoneNumberId();
    String waba = wanted.wabaId();
    return isAny(wanted.topic(), row.summary().topic())
        && (field == null || row.summary().fields().contains(field))
        && (number == null || row.scope().phoneNumberIds().contains(number))
        && (waba == null || row.scope().wabaIds().contains(waba));
  }

  /// Whether it has the message and the contact that are asked for.
  private boolean hasNamed(Items items) {
    String wamid = events.content().wamid();
    if (wamid != null && !items.any(item -> wamid.equals(item.itemId()))) {
      return false;
    }
    if (contact == null) {
      return true;
    }
    contact.refresh();
    return items.any(contact::isIn);
  }

  private static boolean isAny(@Nullable Object wanted, Object is) {
    return wanted == null || wanted.equals(is);
  }
}
