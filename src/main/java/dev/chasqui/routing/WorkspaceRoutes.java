package dev.chasqui.routing;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Notification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class WorkspaceRoutes {

  private final List<Endpoint> endpoints;
  private final CallbackRule callbacks;
  private final SubscriberIndex subscribers;
  private final Map<String, KnownNumber> numbers;
  private final Set<String> wabas;
  private final boolean asksWhatWasRead;

  private WorkspaceRoutes(
      List<Endpoint> endpoints, Map<String, KnownNumber> numbers, List<KnownWaba> wabas) {
    this.endpoints = List.copyOf(endpoints);
    this.numbers = Map.copyOf(numbers);
    this.wabas = Set.copyOf(wabas.stream().map(KnownWaba::id).toList());
    this.callbacks =
        new CallbackRule(endpoints.stream().filter(e -> e.role().isCallback()).toList(), wabas);
    this.asksWhatWasRead =
        endpoints.stream()
            .filter(endpoint -> !endpoint.identity().switched().isOff())
            .anyMatch(endpoint -> endpoint.policy().dropDeliveredAfterRead());
    this.subscribers =
        new SubscriberIndex(endpoints.stream().filter(e -> !e.role().isCallback()).toList());
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  CallbackRule callbacks() {
    return callbacks;
  }

  SubscriberIndex subscribers() {
    return subscribers;
  }

  boolean asksWhatWasRead() {
    return asksWhatWasRead;
  }

  boolean knowsNumber(String phoneNumberId) {
    return numbers.containsKey(phoneNumberId);
  }

  boolean knowsWaba(String wabaId) {
    return wabas.contains(wabaId);
  }

  /// An item as the rules look at it.
  Subject subject(Notification item) {
    return Subject.of(item, place(item.origin()));
  }

  /// Where the envelope names no account (or says `0`, as test payloads do), the number's own
  /// account stands in for it.
  private Subject.Place place(Notification.Origin origin) {
    String waba = origin.wabaId();
    String number = origin.phoneNumberId();
    boolean isWabaTold = waba != null && !waba.equals("0");
    return new Subject.Place(origin.field(), isWabaTold ? waba : wabaOf(number), number);
  }

  private @Nullable String wabaOf(@Nullable String phoneNumberId) {
    KnownNumber number = phoneNumberId == null ? null : numbers.get(phoneNumberId);
    return number == null ? null : number.wabaId();
  }

  /// Gathers what belongs to one workspace.
  static final class Draft {

    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Map<String, KnownNumber> numbers = new HashMap<>();
    private final List<KnownWaba> wabas = new ArrayList<>();

    void add(Endpoint endpoint) {
      endpoints.add(endpoint);
    }

    void add(KnownNumber number) {
      numbers.put(number.id(), number);
    }

    void add(KnownWaba waba) {
      wabas.add(waba);
    }

    WorkspaceRoutes finish() {
      return new WorkspaceRoutes(endpoints, numbers, wabas);
    }
  }
}
