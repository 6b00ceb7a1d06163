package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.store.EventViews.ContactView;
import dev.chasqui.store.LedgerStore.LedgerItem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All that is known of one contact. [#plus] gives the same whatever the order and however often
/// the parts are added.
record Contact(
    @Nullable String waId,
    @Nullable String userId,
    @Nullable Named named,
    Reach reach,
    @Nullable Instant inboundAt) {

  /// What the platform says of a user, not the user.
  private static final String SYSTEM = "system";

  private static final long LAST_MILLISECOND = 999;

  /// A name, and the event that told it; the newest stays.
  record Named(String name, EventId by) {}

  /// What one notification says of the user it is about.
  static Contact of(LedgerItem item) {
    Participant who = item.notification().user();
    String name = who.name();
    return new Contact(
        who.waId(),
        who.userId(),
        name == null ? null : new Named(name, item.event()),
        reach(item),
        inboundAt(item));
  }

  /// A contact of which only the ids are known.
  static Contact under(Ids ids) {
    return new Contact(ids.waId(), ids.userId(), null, Reach.UNKNOWN, null);
  }

  /// The same, and what an operator or client says of it.
  Contact decided(Reach decision) {
    return new Contact(waId, userId, named, decision, inboundAt);
  }

  record Ids(@Nullable String waId, @Nullable String userId) {

    /// A user id has a dot after its country; a phone number is digits.
    static Ids of(String id) {
      return id.indexOf('.') >= 0 ? new Ids(null, id) : new Ids(id, null);
    }

    /// By which its row is known.
    String key() {
      return Objects.requireNonNull(waId == null ? userId : waId, "a contact has an id");
    }
  }

  /// What comes from the fallback channel says nothing of WhatsApp.
  private static Reach reach(LedgerItem item) {
    if (item.notification().origin().isFallback()) {
      return Reach.UNKNOWN;
    }
    return switch (item.notification()) {
      case Notification.Message message ->
          isWritten(message) ? Reach.backToWhatsApp(time(message.at(), item)) : Reach.UNKNOWN;
      case Notification.Status status -> reach(status, item);
      case Notification.Submitted submitted -> reach(submitted, item);
      case Notification.Echo _,
          Notification.Call _,
          Notification.Problem _,
          Notification.Change _ ->
          Reach.UNKNOWN;
    };
  }

  /// A message that was refused for the contact's sake has no id: its submission's stands in. When
  /// it was refused is known better than by the whole second that it tells.
  private static Reach reach(Notification.Submitted submitted, LedgerItem item) {
    boolean isFailure =
        submitted.sending().outcome() instanceof Sending.Outcome.Refused refused
            && refused.isRecipients();
    return isFailure
        ? failed(submitted.sending().submission().toString(), time(null, item), item)
        : Reach.UNKNOWN;
  }

  private static Reach reach(Notification.Status status, LedgerItem item) {
    Instant at = time(status.report().at(), item);
    return switch (status.status()) {
      case "delivered", "read", "played" -> Reach.gotThrough(at, item.contactContext().isWatched());
      case "failed" -> failed(status.wamid(), at, item);
      default -> Reach.UNKNOWN;
    };
  }

  private static Reach failed(@Nullable String messageId, Instant at, LedgerItem item) {
    String id = messageId == null ? item.event() + "/" + item.key() : messageId;
    Failure.Message message = new Failure.Message(id, item.notification().origin().phoneNumberId());
    return Reach.failed(Failure.of(at, item.contactContext().errorThreshold(), message));
  }

  /// The platform's time, but never later than the time at which the webhook came: a wrong clock
  /// must not outlast right ones. Platforms tell whole seconds, so the time within the second is
  /// taken from the arrival: of two items of one second the first to arrive counts as the first.
  /// The time depends on the item and its event alone, so that it is the same whenever the item is
  /// applied.
  static Instant time(@Nullable Instant told, LedgerItem item) {
    Instant received = item.event().ulid().time();
    if (told == null || told.isAfter(received)) {
      return received;
    }
    Instant at = told.isBefore(Instant.EPOCH) ? Instant.EPOCH : told;
    boolean isWholeSecond = at.equals(at.truncatedTo(ChronoUnit.SECONDS));
    if (!isWholeSecond) {
      return at;
    }
    Instant endOfSecond = at.plusMillis(LAST_MILLISECOND);
    return received.isBefore(endOfSecond) ? received : endOfSecond;
  }

  /// True if the user wrote the message; false if the platform did, as for a changed number.
  static boolean isWritten(Notification.Message message) {
    return !message.type().equals(SYSTEM);
  }

  private static @Nullable Instant inboundAt(LedgerItem item) {
    if (item.notification() instanceof Notification.Message message
        && isWritten(message)
        && !message.origin().isFallback()) {
      return message.at() == null ? item.event().ulid().time() : message.at();
    }
    return null;
  }

  Contact plus(Contact other) {
    return new Contact(
        greater(waId, other.waId),
        greater(userId, other.userId),
        newer(named, other.named),
        reach.plus(other.reach),
        greater(inboundAt, other.inboundAt));
  }

  /// The same under other ids.
  Contact as(Ids ids) {
    return new Contact(ids.waId(), ids.userId(), named, reach, inboundAt);
  }

  String key() {
    return ids().key();
  }

  Ids ids() {
    return new Ids(waId, userId);
  }

  /// Whether it is reached over the fallback channel, which leads to phone numbers only.
  boolean isOnFallback() {
    return waId != null && reach.isFallback();
  }

  private static @Nullable Named newer(@Nullable Named a, @Nullable Named b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.by().compareTo(b.by()) >= 0 ? a : b;
  }

  private static <T extends Comparable<T>> @Nullable T greater(@Nullable T a, @Nullable T b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) >= 0 ? a : b;
  }

  ContactView view() {
    return new ContactView(
        waId,
        userId,
        named == null ? null : named.name(),
        reach.count(),
        isOnFallback(),
        inboundAt);
  }
}
