package dev.chasqui.store.sql;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Succession;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.Via;
import dev.chasqui.store.LedgerStore.ContactContext;
import dev.chasqui.store.LedgerStore.LedgerItem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Notifications for the ledger, each in an event of its own number.
final class Said {

  private static final ItemPath PATH = new ItemPath(0, 0, 0);
  private static final Notification.Origin ORIGIN =
      new Notification.Origin("messages", "w1", "p1", null);

  private Said() {}

  static LedgerItem message(int event, String wamid, Participant from) {
    return item(
        event,
        new Notification.Message(PATH, ORIGIN, wamid, "text", from, Samples.at(event)),
        key(wamid, "message"),
        true);
  }

  static LedgerItem status(int event, String wamid, String status, Participant to) {
    List<Notification.Fault> faults =
        status.equals("failed")
            ? List.of(new Notification.Fault(131_026, "undeliverable"))
            : List.of();
    return item(
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

  /// What became of a message that a client submitted, with a key that has no phone number in it.
  static LedgerItem submitted(int event, Sending sending) {
    return submitted(event, sending, Samples.at(event));
  }

  /// @param at when it was submitted, by the whole second
  static LedgerItem submitted(int event, Sending sending, Instant at) {
    String id = sending.messageId() == null ? sending.submission().toString() : sending.messageId();
    return item(
        event,
        new Notification.Submitted(PATH, ORIGIN, sending, at),
        key(id, sending.submission() + sending.outcome().getClass().getSimpleName()),
        true);
  }

  static Sending sending(
      int submission, Sending.@Nullable Idempotency idempotency, Sending.Outcome outcome) {
    return new Sending(
        Samples.eventId(submission),
        Via.WHATSAPP,
        new Sending.Author("api", null),
        new Sending.Content("text", user("4915111")),
        idempotency,
        outcome);
  }

  /// A message that WhatsApp took.
  ///
  /// @param to whom the client named
  /// @param answered who that is, by WhatsApp's word
  static Sending accepted(int submission, Participant to, Participant answered) {
    return new Sending(
        Samples.eventId(submission),
        Via.WHATSAPP,
        new Sending.Author("api", null),
        new Sending.Content("text", to),
        null,
        new Sending.Outcome.Accepted("wamid." + submission, answered, Bytes.EMPTY));
  }

  /// A status that names a submission.
  static LedgerItem statusOf(int submission, int event, String wamid, String status) {
    Notification.Report report =
        new Notification.Report(Samples.at(event), List.of(), Samples.eventId(submission));
    return item(
        event,
        new Notification.Status(PATH, ORIGIN, wamid, status, user("4915111"), null, report),
        key(wamid, status),
        true);
  }

  static LedgerItem repeated(LedgerItem item, int event) {
    return item(event, item.notification(), item.key(), false);
  }

  /// The same in a workspace with fallback channels.
  ///
  /// @param threshold of its phone number, 0 if that has none
  static LedgerItem watched(LedgerItem item, int threshold) {
    return contactContext(
        item, item.notification(), new ContactContext(true, threshold, List.of()));
  }

  /// The same, told by the fallback channel.
  static LedgerItem fallback(LedgerItem item) {
    Notification.Origin origin =
        new Notification.Origin("messages", "w1", "p1", null, Via.FALLBACK);
    Notification told =
        switch (item.notification()) {
          case Notification.Message m ->
              new Notification.Message(m.path(), origin, m.wamid(), m.type(), m.from(), m.at());
          case Notification.Status s ->
              new Notification.Status(
                  s.path(),
                  origin,
                  s.wamid(),
                  s.status(),
                  s.recipient(),
                  s.participant(),
                  s.report());
          default -> throw new IllegalArgumentException("no bridge says that");
        };
    return contactContext(item, told, item.contactContext());
  }

  /// The same, come so much later than the platform says that it happened.
  static LedgerItem come(LedgerItem item, long millisLater) {
    Instant at = item.event().ulid().time().plusMillis(millisLater);
    EventId event = new EventId(Ulid.of(at, 0, item.key().rest()));
    return new LedgerItem(
        item.workspace(),
        event,
        item.key(),
        item.notification(),
        item.fresh(),
        item.contactContext());
  }

  /// The platform's notice that a user's ids have changed.
  static LedgerItem changed(int event, Participant former, Participant current) {
    String wamid = "wamid.changed." + event;
    LedgerItem notice =
        item(
            event,
            new Notification.Message(PATH, ORIGIN, wamid, "system", former, Samples.at(event)),
            key(wamid, "message"),
            true);
    Succession succession = new Succession(former, current, Samples.at(event));
    return contactContext(
        notice, notice.notification(), new ContactContext(true, 0, List.of(succession)));
  }

  private static LedgerItem contactContext(
      LedgerItem item, Notification notification, ContactContext contactContext) {
    return new LedgerItem(
        item.workspace(), item.event(), item.key(), notification, item.fresh(), contactContext);
  }

  private static LedgerItem item(int event, Notification notification, ItemKey key, boolean fresh) {
    return new LedgerItem(Samples.WORKSPACE, Samples.eventId(event), key, notification, fresh);
  }

  private static ItemKey key(String wamid, String rest) {
    return new ItemKey(StoreFixture.HASH.applyAsLong(wamid), rest.hashCode());
  }

  static Participant user(String waId) {
    return new Participant(waId, null, null);
  }
}
