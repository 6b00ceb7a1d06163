package dev.chasqui.routing;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Participant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The conditions an endpoint makes, in the order in which they are looked at. The decision and its
/// explanation are this one piece of code, so they cannot disagree.
enum Condition {
  SWITCHED_ON,
  WORDS,
  SUBSCRIPTION,
  PHONE_NUMBER,
  WABA,
  FIELD,
  DIRECTION,
  MESSAGE_TYPE,
  STATUS,
  SENDER,
  CHAT;

  /// Why the endpoint does not get the item, for people: the setting with its value, and what the
  /// item has. Nobody's number is told.
  String objection(Endpoint endpoint, Subject item, Dialects dialects) {
    Endpoint.Interest interest = endpoint.interest();
    Endpoint.Scope scope = endpoint.scope();
    return switch (this) {
      case SWITCHED_ON -> "it is disabled";
      case WORDS -> "its dialect has no words for the item";
      case SUBSCRIPTION ->
          "it needs the subscription %s; the endpoint has %s"
              .formatted(
                  String.join(
                      " or ", dialects.get(endpoint.dialect()).subscriptionsOf(item.item())),
                  list(interest.subscriptions()));
      case PHONE_NUMBER ->
          "scope.phoneNumberId is %s; the item has %s"
              .formatted(scope.phoneNumberId(), orNone(item.place().phoneNumberId()));
      case WABA ->
          "scope.wabaId is %s; the item has %s"
              .formatted(scope.wabaId(), orNone(item.place().wabaId()));
      case FIELD -> filter("fields", interest.fields(), "change has the field " + item.field());
      case DIRECTION ->
          filter(
              "directions",
              interest.directions(),
              "item's direction is " + item.kind().direction());
      case MESSAGE_TYPE ->
          filter("messageTypes", interest.messageTypes(), "message's type is " + item.word());
      case STATUS -> filter("statuses", interest.statuses(), "status is " + item.word());
      case SENDER -> "filters.senders does not name the item's user";
      case CHAT ->
          filter("chats", interest.extras().chats(), "item is of a " + chat(item) + " chat");
    };
  }

  private static String filter(String name, Set<String> wanted, String has) {
    return "filters.%s is %s; this %s".formatted(name, list(wanted), has);
  }

  private static String list(Set<String> words) {
    return words.stream().sorted().collect(Collectors.joining(", ", "[", "]"));
  }

  private static String orNone(@Nullable String id) {
    return id == null ? "none" : id;
  }

  /// The first condition of the endpoint that the item does not meet, null if it meets all.
  static @Nullable Condition firstUnmet(Endpoint endpoint, Subject item, Dialects dialects) {
    for (Condition condition : ALL) {
      if (!condition.isMet(endpoint, item, dialects)) {
        return condition;
      }
    }
    return null;
  }

  private static final Condition[] ALL = values();

  private boolean isMet(Endpoint endpoint, Subject item, Dialects dialects) {
    Endpoint.Scope scope = endpoint.scope();
    Endpoint.Interest interest = endpoint.interest();
    return switch (this) {
      case SWITCHED_ON -> !endpoint.identity().switched().isOff();
      case WORDS -> dialects.get(endpoint.dialect()).speaksOf(item.item());
      case SUBSCRIPTION ->
          isSubscribed(
              interest.subscriptions(),
              dialects.get(endpoint.dialect()).subscriptionsOf(item.item()));
      case PHONE_NUMBER ->
          scope.phoneNumberId() == null
              || scope.phoneNumberId().equals(item.place().phoneNumberId());
      case WABA -> scope.wabaId() == null || scope.wabaId().equals(item.place().wabaId());
      case FIELD -> isWanted(interest.fields(), item.field());
      case DIRECTION -> isWanted(interest.directions(), item.kind().direction());
      case MESSAGE_TYPE -> !hasMessageType(item) || isWanted(interest.messageTypes(), item.word());
      case STATUS -> item.kind() != Kind.STATUS || isWanted(interest.statuses(), item.word());
      case SENDER -> interest.senders().isEmpty() || isAbout(item.user(), interest.senders());
      case CHAT -> item.kind() == Kind.CHANGE || isWanted(interest.extras().chats(), chat(item));
    };
  }

  /// Echoes and what is submitted are messages too: they have a message type.
  private static boolean hasMessageType(Subject item) {
    return switch (item.kind()) {
      case MESSAGE, ECHO, SUBMITTED -> true;
      case STATUS, CALL, CHANGE -> false;
    };
  }

  private static boolean isSubscribed(Set<String> subscriptions, List<String> words) {
    return subscriptions.isEmpty()
        || words.isEmpty()
        || words.stream().anyMatch(subscriptions::contains);
  }

  private static boolean isWanted(Set<String> wanted, @Nullable String word) {
    return wanted.isEmpty() || word == null || wanted.contains(word);
  }

  /// An item without a participant matches no sender.
  private static boolean isAbout(Participant user, Set<String> senders) {
    return user.ids().anyMatch(senders::contains);
  }

  private static String chat(Subject item) {
    return item.item().group() == null ? Endpoint.Extras.DIRECT : Endpoint.Extras.GROUP;
  }
}
