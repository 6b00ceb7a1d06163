package dev.chasqui.store.sql;

import dev.chasqui.model.ItemKey;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.store.LedgerStore.Folded;
import java.util.List;

/// Notifications to fold, each in an event of its own number.
final class Said {

  private static final ItemPath PATH = new ItemPath(0, 0, 0);
  private static final Notification.Origin ORIGIN =
      new Notification.Origin("messages", "w1", "p1", null);

  private Said() {}

  static Folded message(int event, String wamid, Participant from) {
    return folded(
        event,
        new Notification.Message(PATH, ORIGIN, wamid, "text", from, Samples.at(event)),
        key(wamid, "message"),
        true);
  }

  static Folded status(int event, String wamid, String status, Participant to) {
    List<Notification.Fault> faults =
        status.equals("failed")
            ? List.of(new Notification.Fault(131_026, "undeliverable"))
            : List.of();
    return folded(
        event,
        new Notification.Status(
            PATH,
            ORIGIN,
            wamid,
            status,
            to,
            null,
            new Notification.Report(Samples.at(event), faults)),
        key(wamid, status),
        true);
  }

  static Folded repeated(Folded folded, int event) {
    return folded(event, folded.notification(), folded.key(), false);
  }

  private static Folded folded(int event, Notification notification, ItemKey key, boolean fresh) {
    return new Folded(Samples.WORKSPACE, Samples.eventId(event), key, notification, fresh);
  }

  private static ItemKey key(String wamid, String rest) {
    return new ItemKey(StoreFixture.HASH.applyAsLong(wamid), rest.hashCode());
  }

  static Participant user(String waId) {
    return new Participant(waId, null, null);
  }
}
