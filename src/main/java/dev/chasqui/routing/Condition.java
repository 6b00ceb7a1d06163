package dev.chasqui.routing;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Participant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The conditions an endpoint makes, in the order in which they are looked at. The decision and its
/// explanation are this one piece of code, so they cannot disagree.
enum Condition {
  SWITCHED_ON("it is disabled"),
  WORDS("its dialect has no words for the item"),
  SUBSCRIPTION("its subscriptions do not include the one that the item comes under"),
  PHONE_NUMBER("its scope is another phone number"),
  WABA("its scope is another WABA"),
  FIELD("its fields do not include the change's"),
  DIRECTION("its directions do not include the item's"),
  MESSAGE_TYPE("its message types do not include the message's"),
  STATUS("its statuses do not include the item's"),
  SENDER("its senders do not include the item's user"),
  CHAT("its chats do not include the item's: group, or direct");

  private final String objection;

  Condition(String objection) {
    this.objection = objection;
  }

  /// Why the endpoint does not get the item, for people.
  String objection() {
    return objection;
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

  /// An item that is about nobody is not about one of the senders.
  private static boolean isAbout(Participant user, Set<String> senders) {
    return user.ids().anyMatch(senders::contains);
  }

  private static String chat(Subject item) {
    return item.item().group() == null ? Endpoint.Extras.DIRECT : Endpoint.Extras.GROUP;
  }
}
