package dev.chasqui.routing;

import dev.chasqui.model.Endpoint;
import java.util.Comparator;
import java.util.HashMap;
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
final class Callbacks {

  private final Map<String, Endpoint> ofNumber = new HashMap<>();
  private final Map<String, Endpoint> ofWaba = new HashMap<>();
  private final Set<String> unsubscribed;
  private @Nullable Endpoint ofApplication;

  Callbacks(List<Endpoint> endpoints, Set<String> unsubscribed) {
    this.unsubscribed = Set.copyOf(unsubscribed);
    endpoints.stream()
        .filter(endpoint -> endpoint.identity().switched() != Endpoint.Switch.DISABLED)
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

  /// The one callback of a change, null if there is none. Whether it wants the change is not looked
  /// at.
  @Nullable Endpoint choose(Subject.Place place) {
    if (isUnsubscribed(place)) {
      return null;
    }
    if (!OverridableFields.contains(place.field())) {
      return ofApplication;
    }
    Endpoint override = override(place);
    return override != null ? override : ofApplication;
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
