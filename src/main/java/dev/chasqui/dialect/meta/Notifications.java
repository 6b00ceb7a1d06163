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
      Instant time = PlatformNumbers.instant(entry.time());
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
      Instant at = entryTime != null ? entryTime : PlatformNumbers.instant(account.timestamp());
      notifications.add(new Notification.Change(change.path(), origin, at));
      return;
    }
    Contacts contacts = Contacts.read(body, account.contacts());
    for (ItemArray array : change.items()) {
      array(array, change, origin, contacts);
    }
  }

  /// The members that the items of one change share.
  ///
  /// @param isOneUsers whether they are about one user alone, whom the change's contact is
  private record Items(ItemPath change, Origin origin, Contacts contacts, boolean isOneUsers) {

    /// The user that an item names.
    Participant user(@Nullable String number, @Nullable String userId) {
      Participant named = new Participant(PlatformNumbers.phoneNumber(number), userId, null);
      return isOneUsers ? contacts.completeByOnly(named) : contacts.complete(named);
    }
  }

  private record Element(ItemPath path, ItemMembers members, Range range) {}

  private void array(ItemArray array, Change change, Origin origin, Contacts contacts) {
    List<Element> elements = new ArrayList<>(array.elements().size());
    for (int i = 0; i < array.elements().size(); i++) {
      Range element = array.elements().get(i);
      if (body.at(element.from()) == '{') {
        ItemPath at = change.path();
        ItemPath path = new ItemPath(at.entry(), at.change(), array.firstItem() + i);
        elements.add(new Element(path, ItemMembers.read(body, element), element));
      }
    }
    boolean isOneUsers = OnlyUser.isOfAll(array.kind(), contacts, members(elements));
    Items items = new Items(change.path(), origin, contacts, isOneUsers);
    for (Element element : elements) {
      notifications.add(
          array.kind() == ItemKind.SUBMISSION
              ? submission(element, origin, body)
              : item(array.kind(), element.path(), items, element.members()));
    }
  }

  private static List<ItemMembers> members(List<Element> elements) {
    return elements.stream().map(Element::members).toList();
  }

  /// What is nothing of ours stays what it is, a part of an unknown change.
  private static Notification submission(Element element, Origin origin, Bytes body) {
    Optional<Sending> sending = Submissions.sending(element.range().of(body));
    return sending.isPresent()
        ? new Notification.Submitted(element.path(), origin, sending.get(), element.members().at())
        : new Notification.Change(element.path(), origin, element.members().at());
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
        items.user(item.text(Member.FROM), item.text(Member.FROM_USER_ID)),
        item.at(),
        item.text(Member.GROUP_ID));
  }

  private static Notification echo(ItemPath path, Items items, ItemMembers item) {
    return new Notification.Echo(
        path,
        items.origin,
        item.text(Member.ID),
        item.textOr(Member.TYPE, UNKNOWN),
        items.user(item.text(Member.TO), item.text(Member.TO_USER_ID)),
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
        new Report(
            item.at(),
            item.faults(),
            Sending.submissionOf(item.text(Member.CALLBACK)),
            isGroup ? item.text(Member.RECIPIENT_ID) : null));
  }

  private static Participant recipient(Items items, ItemMembers item) {
    return items.user(item.text(Member.RECIPIENT_ID), item.text(Member.RECIPIENT_USER_ID));
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
            ? items.user(item.text(Member.TO), item.text(Member.TO_USER_ID))
            : items.user(item.text(Member.FROM), item.text(Member.FROM_USER_ID));
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
