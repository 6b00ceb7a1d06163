package dev.chasqui.api.operator;

import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews.ContentFilter;
import dev.chasqui.store.EventViews.DoorFilter;
import dev.chasqui.store.EventViews.Filter;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
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
  private final boolean isAnyEvent;
  private final Set<EventId> passed = new LinkedHashSet<>();

  private TailFilter(Filter events, @Nullable EndpointId endpoint, @Nullable String only) {
    this.events = events;
    this.endpoint = endpoint;
    this.only = only;
    this.isAnyEvent =
        events.door().equals(new DoorFilter(null, null, null, null))
            && events.content().equals(new ContentFilter(null, null, null, null, null, null));
  }

  static TailFilter of(Call call) {
    return new TailFilter(
        EventFilters.events(call),
        call.query("endpointId", EndpointId::parse),
        call.query("only", TailFilter::kind));
  }

  private static String kind(String word) {
    if (word.equals(EVENTS) || word.equals(DELIVERIES)) {
      return word;
    }
    throw new IllegalArgumentException("must be events or deliveries");
  }

  /// Whether an event passes, which is remembered, and is to be told.
  boolean tells(EventRow row) {
    boolean passes = passes(row.door(), row) && passes(events.content(), row);
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

  private boolean passes(EventRow.Door door, EventRow row) {
    DoorFilter wanted = events.door();
    return isAny(wanted.source(), door.source())
        && isAny(wanted.signatureValid(), door.signatureValid())
        && isAny(wanted.state(), row.state())
        && (wanted.reason() == null || wanted.reason().equals(Rejection.reason(row)))
        && (wanted.deliveryId() == null || wanted.deliveryId().equals(door.deliveryId()));
  }

  private static boolean passes(ContentFilter wanted, EventRow row) {
    String field = wanted.field();
    String number = wanted.phoneNumberId();
    String waba = wanted.wabaId();
    return isAny(wanted.topic(), row.summary().topic())
        && (field == null || row.summary().fields().contains(field))
        && (number == null || row.scope().phoneNumberIds().contains(number))
        && (waba == null || row.scope().wabaIds().contains(waba))
        && hasItem(wanted, row);
  }

  private static boolean hasItem(ContentFilter wanted, EventRow row) {
    String wamid = wanted.wamid();
    String waId = wanted.waId();
    boolean hasMessage =
        wamid == null || row.items().stream().anyMatch(item -> wamid.equals(item.itemId()));
    return hasMessage
        && (waId == null || row.items().stream().anyMatch(item -> waId.equals(item.waId())));
  }

  private static boolean isAny(@Nullable Object wanted, Object is) {
    return wanted == null || wanted.equals(is);
  }
}
