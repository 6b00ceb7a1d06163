package dev.chasqui.sim.graph;

import dev.chasqui.sim.Business;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where webhooks go: the phone number's callback, else the account's, else the application's. Safe
/// for use by many threads.
final class FakeGraphCallbacks {

  private final Map<String, URI> overrides = new HashMap<>();
  private final Set<String> subscribed = new HashSet<>();
  private Optional<URI> application = Optional.empty();

  synchronized void application(Optional<URI> callback) {
    application = callback;
  }

  synchronized Optional<URI> application() {
    return application;
  }

  synchronized void subscribe(String wabaId) {
    subscribed.add(wabaId);
    overrides.remove(wabaId);
  }

  synchronized void unsubscribe(String wabaId) {
    subscribed.remove(wabaId);
    overrides.remove(wabaId);
  }

  synchronized boolean isSubscribed(String wabaId) {
    return subscribed.contains(wabaId);
  }

  /// @param id a WABA's or a phone number's
  synchronized void override(String id, URI callback) {
    overrides.put(id, callback);
  }

  synchronized void clear(String id) {
    overrides.remove(id);
  }

  synchronized Optional<URI> override(String id) {
    return Optional.ofNullable(overrides.get(id));
  }

  synchronized Optional<URI> of(Business business) {
    return override(business.phoneNumberId())
        .or(() -> override(business.wabaId()))
        .or(this::application);
  }
}
