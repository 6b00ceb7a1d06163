package dev.chasqui.projection;

import dev.chasqui.model.Notification;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.routing.RoutingTable;
import dev.chasqui.store.LedgerStore;
import dev.chasqui.store.Reasons;
import dev.chasqui.store.ResourceStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Learns accounts and phone numbers from validly signed traffic: an unknown number belongs to the
/// workspace that first gets traffic of it. Noting costs two look-ups in the routing table; the
/// ledger writer writes new ones. Its monitor guards everything in it.
final class LearnNumbers {

  private static final System.Logger LOG = System.getLogger(LearnNumbers.class.getName());

  /// The most names remembered as tried; then it begins anew.
  private static final int MAX_TRIED = 100_000;

  private final ResourceStore resources;
  private final Supplier<RoutingTable> routing;

  private final Map<String, ResourceStore.PhoneNumber> newNumbers = new HashMap<>();
  private final Map<Account, ResourceStore.Waba> newWabas = new HashMap<>();
  private final Set<Object> tried = new HashSet<>();

  LearnNumbers(ResourceStore resources, Supplier<RoutingTable> routing) {
    this.resources = resources;
    this.routing = routing;
  }

  private record Account(WorkspaceId workspace, String wabaId) {}

  /// Notes what an event names.
  void note(Draft.Event event) {
    boolean isTrusted = event.fact().verdicts().signatureValid();
    if (!isTrusted || event.fact().verdicts().summary().contents().dashboardTest()) {
      return;
    }
    for (LedgerStore.LedgerItem item : event.ledgerItems()) {
      note(item.workspace(), item.notification().origin());
    }
  }

  private void note(WorkspaceId workspace, Notification.Origin origin) {
    RoutingTable table = routing.get();
    String number = origin.phoneNumberId();
    String waba = "0".equals(origin.wabaId()) ? null : origin.wabaId();
    if (number != null && !table.knowsNumber(number)) {
      noteNumber(workspace, number, waba, origin.displayPhoneNumber());
    }
    if (waba != null && !table.knowsWaba(workspace, waba)) {
      noteWaba(new Account(workspace, waba));
    }
  }

  private synchronized void noteNumber(
      WorkspaceId workspace, String number, @Nullable String waba, @Nullable String display) {
    if (tried.add(number)) {
      newNumbers.put(number, new ResourceStore.PhoneNumber(workspace, number, waba, display));
    }
  }

  private synchronized void noteWaba(Account account) {
    if (tried.add(account)) {
      newWabas.put(
          account,
          new ResourceStore.Waba(
              account.workspace(), account.wabaId(), null, ResourceStore.Subscription.UNSAID));
    }
  }

  /// Writes what is new. What the store does not take now is noted again when it is seen again:
  /// what is folded is folded, whatever becomes of this.
  void flush() {
    Noted noted = take();
    if (noted.numbers().isEmpty() && noted.wabas().isEmpty()) {
      return;
    }
    try {
      resources.learn(noted.wabas(), noted.numbers());
    } catch (RuntimeException e) {
      forget();
      LOG.log(
          System.Logger.Level.WARNING, "new phone numbers could not be kept: {0}", Reasons.of(e));
    }
  }

  private record Noted(List<ResourceStore.Waba> wabas, List<ResourceStore.PhoneNumber> numbers) {}

  private synchronized Noted take() {
    Noted noted = new Noted(List.copyOf(newWabas.values()), List.copyOf(newNumbers.values()));
    newWabas.clear();
    newNumbers.clear();
    if (tried.size() > MAX_TRIED) {
      tried.clear();
    }
    return noted;
  }

  private synchronized void forget() {
    tried.clear();
  }
}
