package dev.chasqui.routing;

import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import org.jspecify.annotations.Nullable;

/// An item as the rules look at it.
///
/// @param item the item itself
/// @param place the field, the account (the number's, where the envelope names none) and the number
/// @param word the message type or the status, null for other kinds
/// @param user whom it is about
record Subject(Notification item, Kind kind, Place place, @Nullable String word, Participant user) {

  /// Where an item belongs.
  record Place(String field, @Nullable String wabaId, @Nullable String phoneNumberId) {}

  static Subject of(Notification item, Place place) {
    return switch (item) {
      case Notification.Message message ->
          new Subject(item, Kind.MESSAGE, place, message.type(), message.from());
      case Notification.Status status ->
          new Subject(item, Kind.STATUS, place, status.status(), status.recipient());
      case Notification.Echo echo -> new Subject(item, Kind.ECHO, place, echo.type(), echo.to());
      case Notification.Submitted submitted ->
          new Subject(
              item,
              Kind.SUBMITTED,
              place,
              submitted.sending().content().type(),
              submitted.sending().recipient());
      case Notification.Call call -> new Subject(item, Kind.CALL, place, null, call.with());
      case Notification.Problem _, Notification.Change _ ->
          new Subject(item, Kind.CHANGE, place, null, Participant.NONE);
    };
  }

  String field() {
    return place.field();
  }
}
