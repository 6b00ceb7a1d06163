package dev.chasqui.projection;

import dev.chasqui.routing.KnownNumber;
import dev.chasqui.routing.KnownWaba;
import dev.chasqui.routing.RoutingTable;
import dev.chasqui.routing.RoutingTables;
import dev.chasqui.store.ResourceStore;

/// Builds the routing table of what operators set and traffic taught, and puts it in force. Safe
/// for use by many threads: of two refreshes at once the later one reads later.
public final class RefreshRouting {

  private final ResourceStore resources;
  private final RoutingTables tables;
  private long version = -1;

  public RefreshRouting(ResourceStore resources, RoutingTables tables) {
    this.resources = resources;
    this.tables = tables;
  }

  /// Builds the table anew.
  ///
  /// @throws dev.chasqui.store.StoreException if the store cannot be read; the old table stays
  public synchronized void refresh() {
    long before = resources.version();
    tables.swap(
        RoutingTable.of(
            resources.endpoints(),
            resources.wabas().stream().map(RefreshRouting::known).toList(),
            resources.phoneNumbers().stream().map(RefreshRouting::known).toList()));
    version = before;
  }

  /// Builds the table anew if another node changed anything.
  ///
  /// @return whether it did
  public synchronized boolean refreshIfChanged() {
    if (resources.version() == version) {
      return false;
    }
    refresh();
    return true;
  }

  private static KnownWaba known(ResourceStore.Waba waba) {
    boolean isUnsubscribed = waba.subscription() == ResourceStore.Subscription.UNSUBSCRIBED;
    return new KnownWaba(waba.workspace(), waba.id(), isUnsubscribed);
  }

  private static KnownNumber known(ResourceStore.PhoneNumber number) {
    return new KnownNumber(number.workspace(), number.id(), number.wabaId());
  }
}
