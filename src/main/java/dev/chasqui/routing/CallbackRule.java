package dev.chasqui.routing;

import dev.chasqui.model.Endpoint;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Meta's rule: each change goes to exactly one callback, the phone number's, else the account's,
/// else the application's (seed 001; Meta's page "webhooks/override" for the fields that obey it).
///
/// A disabled callback has no place: that is how an override is cleared, and its changes go on to
/// the next in the order. A paused one keeps its place and is owed. If two callbacks claim one
/// place, the newest has it.
final class CallbackRule {

  private final Map<String, Endpoint> ofNumber = new HashMap<>();
  private final Map<String, Endpoint> ofWaba = new HashMap<>();
  private final Set<String> unsubscribed = new HashSet<>();

  /// Of accounts whose subscription is to some fields alone.
  private final Map<String, Set<String>> subscribedFields = new HashMap<>();

  private @Nullable Endpoint ofApplication;

  CallbackRule(List<Endpoint> endpoints, Collection<KnownWaba> wabas) {
    for (KnownWaba waba : wabas) {
      if (waba.unsubscribed()) {
        unsubscribed.add(waba.id());
      }
      if (!waba.fields().isEmpty()) {
        subscribedFields.put(waba.id(), waba.fields());
      }
    }
    endpoints.stream()
        .filter(endpoint -> !endpoint.identity().switched().isOff())
        .sorted(Comparator.comparing(Endpoint::id))
        .forEach(this::place);
  }

  private void place(Endpoint endpoint) {
    String number = endpoint.scope().phoneNumberId();
    String waba = endpoint.scope().wabaId();
    switch (endpoint.role()) {
      case PHONE_NUMBER_CALLBACK -> putIfNamed(ofNumber, number, endpoint);
      case WABA_CALLBACK -> putIfNamed(ofWaba, waba, endpoint);
      case APPLICATION_CALLBACK -> ofApplication = endpoint;
      case SUBSCRIBER -> throw new IllegalArgumentException("a subscriber is no callback");
    }
  }

  private static void putIfNamed(
      Map<String, Endpoint> places, @Nullable String id, Endpoint endpoint) {
    if (id != null) {
      places.put(id, endpoint);
    }
  }

  /// Whether the account's subscription was taken back, so that its changes go to no callback.
  boolean isUnsubscribed(Subject.Place place) {
    String waba = place.wabaId();
    return waba != null && unsubscribed.contains(waba);
  }

  /// Whether the account's subscription leaves the field out, so that the application's callback
  /// does not get it.
  boolean isLeftOut(Subject.Place place) {
    String waba = place.wabaId();
    Set<String> fields = waba == null ? null : subscribedFields.get(waba);
    return fields != null && !fields.contains(place.field());
  }

  /// The one callback of a change, null if there is none. Whether it wants the change is not looked
  /// at.
  @Nullable Endpoint choose(Subject.Place place) {
    if (isUnsubscribed(place)) {
      return null;
    }
    Endpoint override = OverridableFields.contains(place.field()) ? override(place) : null;
    Endpoint nextBest = isLeftOut(place) ? null : ofApplication;
    return override != null ? override : nextBest;
  }

  private @Nullable Endpoint override(Subject.Place place) {
    String number = place.phoneNumberId();
    Endpoint found = number == null ? null : ofNumber.get(number);
    if (found != null) {
      return found;
    }
    String waba = place.wabaId();
    return waba == null ? null : ofWaba.get(waba);
  }

  /// The rule by which a callback gets what it gets.
  static Rule ruleOf(Endpoint callback) {
    return switch (callback.role()) {
      case PHONE_NUMBER_CALLBACK -> Rule.PHONE_NUMBER_OVERRIDE;
      case WABA_CALLBACK -> Rule.WABA_OVERRIDE;
      case APPLICATION_CALLBACK -> Rule.APPLICATION_CALLBACK;
      case SUBSCRIBER -> Rule.SUBSCRIPTION;
    };
  }
}
