package dev.chasqui.routing;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.WorkspaceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides who gets what of one event. Not to be kept: made for one event, by one table.
public final class Router {

  private final RoutingTable table;
  private final Dialects dialects;
  private final WorkspaceId workspace;
  private final WorkspaceRoutes routes;
  private final Map<EndpointId, Picked> picked = LinkedHashMap.newLinkedHashMap(1);
  private final Set<ItemPath> unassigned = new HashSet<>(0);
  private final Set<ItemPath> filtered = new HashSet<>(0);
  private int takers;

  private Router(RoutingTable table, Dialects dialects, WorkspaceId workspace) {
    this.table = table;
    this.dialects = dialects;
    this.workspace = workspace;
    this.routes = table.ofWorkspace(workspace);
  }

  /// The endpoints that get each of these items, which came in for a workspace.
  ///
  /// @param dialects those of the table's endpoints
  public static RoutingResult route(
      RoutingTable table, Dialects dialects, WorkspaceId workspace, List<Notification> items) {
    Router router = new Router(table, dialects, workspace);
    items.forEach(router::route);
    return router.routes();
  }

  private void route(Notification item) {
    String number = item.origin().phoneNumberId();
    if (number != null && table.isForeign(workspace, number)) {
      unassigned.add(item.path());
      return;
    }
    takers = 0;
    Subject subject = routes.subject(item);
    offer(routes.callbacks().choose(subject.place()), item, subject);
    routes.subscribers().candidates(subject, candidate -> offer(candidate, item, subject));
    if (takers == 0) {
      filtered.add(item.path());
    }
  }

  private void offer(@Nullable Endpoint endpoint, Notification item, Subject subject) {
    if (endpoint == null || Condition.firstUnmet(endpoint, subject, dialects) != null) {
      return;
    }
    takers++;
    picked.computeIfAbsent(endpoint.id(), _ -> new Picked(endpoint)).add(item);
  }

  private RoutingResult routes() {
    List<Routed> routed = new ArrayList<>(picked.size());
    picked.values().forEach(one -> routed.add(one.toRouted()));
    return new RoutingResult(routed, unassigned, filtered);
  }

  /// The items picked for one endpoint so far.
  private static final class Picked {

    private final Endpoint endpoint;
    private final List<Notification> items = new ArrayList<>(1);

    Picked(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    /// An endpoint that lists both ids of one user is found twice for one item.
    void add(Notification item) {
      boolean isTwice = !items.isEmpty() && items.getLast().path().equals(item.path());
      if (!isTwice) {
        items.add(item);
      }
    }

    Routed toRouted() {
      return new Routed(endpoint, CallbackRule.ruleOf(endpoint), items);
    }
  }
}
