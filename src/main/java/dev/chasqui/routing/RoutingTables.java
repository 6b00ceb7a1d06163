package dev.chasqui.routing;

/// Holds the table in force. A reader takes it once for each event, so that one event is never
/// routed by two tables; a swap is seen by the events after it.
public final class RoutingTables {

  private volatile RoutingTable current;

  public RoutingTables(RoutingTable first) {
    this.current = first;
  }

  /// The table in force.
  public RoutingTable current() {
    return current;
  }

  /// Puts another table in force.
  public void swap(RoutingTable next) {
    current = next;
  }
}
