package dev.chasqui.routing;

import dev.chasqui.model.Endpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The demands of an endpoint on items of one kind, as sets; null alone stands for "open".
///
/// @param isNever whether it wants no item of the kind
record Demand(Kind kind, Endpoint endpoint, Set<String> words, boolean isNever) {

  static Demand of(Endpoint endpoint, Kind kind) {
    Endpoint.Interest interest = endpoint.interest();
    String direction = kind.direction();
    boolean isOtherDirection =
        direction != null
            && !interest.directions().isEmpty()
            && !interest.directions().contains(direction);
    boolean isAboutNobody = kind == Kind.CHANGE && !interest.senders().isEmpty();
    boolean isDisabled = endpoint.identity().switched().isOff();
    return new Demand(
        kind, endpoint, words(interest, kind), isOtherDirection || isAboutNobody || isDisabled);
  }

  private static Set<String> words(Endpoint.Interest interest, Kind kind) {
    return switch (kind) {
      case MESSAGE, ECHO, SUBMITTED -> interest.messageTypes();
      case STATUS -> interest.statuses();
      case CALL, CHANGE -> Set.of();
    };
  }

  /// Every combination of the demanded values; the word first, then the field, is left open if
  /// there would be more than so many keys.
  List<SubscriberIndex.Key> keys(int maxKeys) {
    if (isNever) {
      return List.of();
    }
    Set<String> users = endpoint.interest().senders();
    Set<String> fields = endpoint.interest().fields();
    long pairs = Math.max(1L, users.size()) * Math.max(1, fields.size());
    boolean keepsWords = pairs * Math.max(1, words.size()) <= maxKeys;
    boolean keepsFields = pairs <= maxKeys;
    return combine(
        orOpen(users), keepsFields ? orOpen(fields) : OPEN, keepsWords ? orOpen(words) : OPEN);
  }

  private static final Set<@Nullable String> OPEN = Collections.singleton(null);

  private static Set<? extends @Nullable String> orOpen(Set<String> values) {
    return values.isEmpty() ? OPEN : values;
  }

  private List<SubscriberIndex.Key> combine(
      Set<? extends @Nullable String> users,
      Set<? extends @Nullable String> fields,
      Set<? extends @Nullable String> words) {
    Endpoint.Scope scope = endpoint.scope();
    List<SubscriberIndex.Key> keys = new ArrayList<>();
    for (@Nullable String user : users) {
      for (@Nullable String field : fields) {
        for (@Nullable String word : words) {
          keys.add(
              new SubscriberIndex.Key(
                  kind, user, scope.phoneNumberId(), scope.wabaId(), field, word));
        }
      }
    }
    return keys;
  }
}
