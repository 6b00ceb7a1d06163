package dev.chasqui.dialect.meta;

import dev.chasqui.dialect.meta.Envelope.Account;
import dev.chasqui.dialect.meta.Envelope.Change;
import dev.chasqui.dialect.meta.Envelope.Entry;
import dev.chasqui.dialect.meta.Envelope.ItemArray;
import dev.chasqui.dialect.meta.ItemMembers.Member;
import dev.chasqui.json.Range;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Notification.Origin;
import dev.chasqui.model.Notification.Report;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Splits an envelope into its notifications, in order of appearance.
///
/// A change whose field has items (see [ItemKind]) becomes one notification an item; every other
/// well-formed change, and one of such a field without any item, becomes one [Notification.Change].
/// Malformed parts become nothing: they stand in [Envelope#skipped()].
///
/// Two meanings are told apart that share a wire shape: the status of a payment gets the status
/// `payment.<status>`, since it says nothing of the message's way; and a status of a group message
/// names its member as participant and has no recipient, since a group is no user.
public final class Notifications {

  /// What stands before the status of a payment.
  static final String PAYMENT = "payment.";

  private static final String UNKNOWN = "unknown";

  private final Bytes body;
  private final List<Notification> notifications = new ArrayList<>();

  private Notifications(Bytes body) {
    this.body = body;
  }

  /// All notifications of an envelope.
  public static List<Notification> of(Envelope envelope) {
    Notifications split = new Notifications(envelope.body());
    for (Entry entry : envelope.entries()) {
      Instant time = Numbers.instant(entry.time());
      for (Change change : entry.changes()) {
        split.change(change, time);
      }
    }
    return split.notifications;
  }

  private void change(Change change, @Nullable Instant entryTime) {
    String field = change.field();
    if (!change.isWellFormed() || field == null) {
      return;
    }
    Account account = change.account();
    Origin origin =
        new Origin(
            field,
            account.wabaId(),
            account.phoneNumberId(),
            account.displayPhoneNumber(),
            account.via());
    if (change.itemCount() == 0) {
      Instant at = entryTime != null ? entryTime : Numbers.instant(account.timestamp());
      notifications.add(new Notification.Change(change.path(), origin, at));
      return;
    }
    Contacts contacts = Contacts.read(body, account.contacts());
    for (ItemArray array : change.items()) {
      array(array, new Items(change.path(), origin, contacts));
    }
  }

  /// What the items of one change share.
  private record Items(ItemPath change, Origin origin, Contacts contacts) {}

  private void array(ItemArray array, Items items) {
    for (int i = 0; i < array.elements().size(); i++) {
      Range element = array.elements().get(i);
      if (body.at(element.from()) == '{') {
        ItemPath path =
            new ItemPath(items.change.entry(), items.change.change(), array.firstItem() + i);
        ItemMembers members = ItemMembers.read(body, element);
        notifications.add(
            array.kind() == ItemKind.SUBMISSION
                ? submission(path, items.origin, members, element.of(body))
                : item(array.kind(), path, items, members));
      }
    }
  }

  /// What is nothing of ours stays what it is, a part of an unknown change.
  private static Notification submission(
      ItemPath path, Origin origin, ItemMembers members, Bytes element) {
    Optional<Sending> sending = Submissions.sending(element);
    return sending.isPresent()
        ? new Notification.Submitted(path, origin, sending.get(), members.at())
        : new Notification.Change(path, origin, members.at());
  }

  private static Notification item(ItemKind kind, ItemPath path, Items items, ItemMembers item) {
    boolean isCallStatus = kind == ItemKind.STATUS && items.origin.field().equals("calls");
    return switch (kind) {
      case MESSAGE -> message(path, items, item);
      case STATUS -> isCallStatus ? callStatus(path, items, item) : status(path, items, item);
      case ECHO -> echo(path, items, item);
      case CALL -> call(path, items, item);
      case ERROR -> new Notification.Problem(path, items.origin, item.at());
      case USER_ACTION, SUBMISSION -> new Notification.Change(path, items.origin, item.at());
    };
  }

  private static Notification message(ItemPath path, Items items, ItemMembers item) {
    return new Notification.Message(
        path,
        items.origin,
        item.text(Member.ID),
        item.textOr(Member.TYPE, UNKNOWN),
        items.contacts.complete(item.text(Member.FROM), item.text(Member.FROM_USER_ID)),
        item.at());
  }

  private static Notification echo(ItemPath path, Items items, ItemMembers item) {
    return new Notification.Echo(
        path,
        items.origin,
        item.text(Member.ID),
        item.textOr(Member.TYPE, UNKNOWN),
        items.contacts.complete(item.text(Member.TO), item.text(Member.TO_USER_ID)),
        item.at());
  }

  private static Notification status(ItemPath path, Items items, ItemMembers item) {
    String status = item.textOr(Member.STATUS, UNKNOWN);
    boolean isPayment = "payment".equals(item.text(Member.TYPE));
    boolean isGroup = "group".equals(item.text(Member.RECIPIENT_TYPE));
    return new Notification.Status(
        path,
        items.origin,
        item.text(Member.ID),
        isPayment ? PAYMENT + status : status,
        isGroup ? Participant.NONE : recipient(items, item),
        participant(item),
        new Report(item.at(), item.faults(), Sending.submissionOf(item.text(Member.CALLBACK))));
  }

  private static Participant recipient(Items items, ItemMembers item) {
    return items.contacts.complete(
        item.text(Member.RECIPIENT_ID), item.text(Member.RECIPIENT_USER_ID));
  }

  /// The member of a group whom a status is about; Meta's pages spell the key in two ways.
  private static @Nullable String participant(ItemMembers item) {
    String phone = item.textOr(Member.PARTICIPANT, item.textOr(Member.PARTICIPANT_SWAPPED, ""));
    return phone.isEmpty() ? item.text(Member.PARTICIPANT_USER_ID) : phone;
  }

  private static Notification call(ItemPath path, Items items, ItemMembers item) {
    boolean outgoing = "BUSINESS_INITIATED".equals(item.text(Member.DIRECTION));
    Participant with =
        outgoing
            ? items.contacts.complete(item.text(Member.TO), item.text(Member.TO_USER_ID))
            : items.contacts.complete(item.text(Member.FROM), item.text(Member.FROM_USER_ID));
    return new Notification.Call(
        path,
        items.origin,
        item.text(Member.ID),
        item.textOr(Member.EVENT, UNKNOWN),
        with,
        item.at());
  }

  private static Notification callStatus(ItemPath path, Items items, ItemMembers item) {
    return new Notification.Call(
        path,
        items.origin,
        item.text(Member.ID),
        item.textOr(Member.STATUS, UNKNOWN),
        recipient(items, item),
        item.at());
  }
}
