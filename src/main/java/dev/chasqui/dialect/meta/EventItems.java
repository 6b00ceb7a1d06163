package dev.chasqui.dialect.meta;

import dev.chasqui.dialect.meta.Envelope.Change;
import dev.chasqui.json.Range;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// An event as the dialects read it that speak of one item at a time: its notifications, and where
/// their JSON stands. Made once for all deliveries of an event. Safe for use by many threads.
public final class EventItems {

  private final Envelope envelope;
  private final Map<ItemPath, Notification> notifications;
  private final Map<ItemPath, Contacts> contacts = new ConcurrentHashMap<>();

  private EventItems(Envelope envelope) {
    this.envelope = envelope;
    List<Notification> all = Notifications.of(envelope);
    this.notifications = HashMap.newHashMap(all.size());
    all.forEach(notification -> notifications.put(notification.path(), notification));
  }

  /// Reads an event.
  ///
  /// @throws IllegalArgumentException if its body is no envelope
  public static EventItems of(Bytes body) {
    return switch (EnvelopeScanner.scan(body)) {
      case Envelope envelope -> new EventItems(envelope);
      case Scan.InvalidJson invalid -> throw new IllegalArgumentException(invalid.reason());
      case Scan.InvalidPayload _ -> throw new IllegalArgumentException("the event is no envelope");
    };
  }

  /// The one notification that a delivery is about.
  ///
  /// @param paths as the delivery names them; none stands for all of the event
  /// @throws IllegalArgumentException if that is not exactly one
  public Notification only(List<ItemPath> paths) {
    int count = paths.isEmpty() ? notifications.size() : paths.size();
    if (count != 1) {
      throw new IllegalArgumentException(
          "a delivery of this dialect holds 1 notification, not " + count);
    }
    if (paths.isEmpty()) {
      return notifications.values().iterator().next();
    }
    Notification found = notifications.get(paths.getFirst());
    if (found == null) {
      throw new IllegalArgumentException("no notification at " + paths.getFirst());
    }
    return found;
  }

  /// The platform's own JSON of an item, or of a change, byte for byte.
  public Bytes json(Notification notification) {
    return envelope.range(notification.path()).of(envelope.body());
  }

  /// Whether the webhook's sender marked it as that of a channel other than WhatsApp, with the
  /// header that Turn has for it.
  public boolean isMarked(Notification notification) {
    if (!notification.origin().isFallback()) {
      return false;
    }
    Change change = envelope.change(notification.path());
    RawObject value =
        RawObject.of(envelope.range(change.path()).of(envelope.body())).object("value");
    return value.object("metadata").has(EnvelopeBuilder.MARK);
  }

  /// The platform's own JSON of a user in the `contacts[]` beside the item, null if the user is not
  /// there.
  public @Nullable Bytes contactJson(Notification notification, Participant user) {
    Change change = envelope.change(notification.path());
    Contacts beside =
        contacts.computeIfAbsent(
            change.path(), _ -> Contacts.read(envelope.body(), change.account().contacts()));
    Range own = beside.range(user);
    Range found = own == null ? beside.rangeWithoutId() : own;
    return found == null ? null : found.of(envelope.body());
  }
}
