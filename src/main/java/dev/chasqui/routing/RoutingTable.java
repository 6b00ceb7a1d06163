package dev.chasqui.routing;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.WorkspaceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything that decides who gets what, at one moment. Immutable; a change of any rule makes a
/// new table. A reader takes it once for each event, so that no event is routed by two tables.
public final class RoutingTable {

  /// A table without rules: no endpoint gets any item.
  public static final RoutingTable EMPTY = of(List.of(), List.of(), List.of());

  private final Map<WorkspaceId, WorkspaceRoutes> workspaces;
  private final Map<EndpointId, Endpoint> endpoints;
  private final Set<String> numbers;

  private RoutingTable(
      Map<WorkspaceId, WorkspaceRoutes> workspaces,
      Map<EndpointId, Endpoint> endpoints,
      Set<String> numbers) {
    this.workspaces = Map.copyOf(workspaces);
    this.endpoints = Map.copyOf(endpoints);
    this.numbers = Set.copyOf(numbers);
  }

  /// The table of these rules. Takes time in proportion to them; routing by it does not.
  public static RoutingTable of(
      Collection<Endpoint> endpoints,
      Collection<KnownWaba> wabas,
      Collection<KnownNumber> numbers) {
    Map<WorkspaceId, WorkspaceRoutes.Draft> drafts = new HashMap<>();
    Map<EndpointId, Endpoint> byId = new HashMap<>();
    Set<String> known = new HashSet<>();
    for (Endpoint endpoint : endpoints) {
      draft(drafts, endpoint.workspace()).add(endpoint);
      byId.put(endpoint.id(), endpoint);
    }
    for (KnownWaba waba : wabas) {
      draft(drafts, waba.workspace()).add(waba);
    }
    for (KnownNumber number : numbers) {
      draft(drafts, number.workspace()).add(number);
      known.add(number.id());
    }
    Map<WorkspaceId, WorkspaceRoutes> finished = new HashMap<>();
    drafts.forEach((workspace, draft) -> finished.put(workspace, draft.finish()));
    return new RoutingTable(finished, byId, known);
  }

  private static WorkspaceRoutes.Draft draft(
      Map<WorkspaceId, WorkspaceRoutes.Draft> drafts, WorkspaceId workspace) {
    return drafts.computeIfAbsent(workspace, _ -> new WorkspaceRoutes.Draft());
  }

  /// An endpoint of any workspace.
  public Optional<Endpoint> endpoint(EndpointId id) {
    return Optional.ofNullable(endpoints.get(id));
  }

  /// Whether some workspace knows the phone number.
  public boolean knowsNumber(String phoneNumberId) {
    return numbers.contains(phoneNumberId);
  }

  /// Whether the workspace knows the account.
  public boolean knowsWaba(WorkspaceId workspace, String wabaId) {
    WorkspaceRoutes routes = workspaces.get(workspace);
    return routes != null && routes.knowsWaba(wabaId);
  }

  /// Whether an endpoint of the workspace does without the status `delivered` of messages that were
  /// read, so that it must be known which were.
  public boolean asksWhatWasRead(WorkspaceId workspace) {
    return ofWorkspace(workspace).asksWhatWasRead();
  }

  /// True if the phone number belongs to other workspaces only. An unknown number belongs to the
  /// workspace that first gets traffic of it.
  boolean isForeign(WorkspaceId workspace, String phoneNumberId) {
    return numbers.contains(phoneNumberId) && !ofWorkspace(workspace).knowsNumber(phoneNumberId);
  }

  WorkspaceRoutes ofWorkspace(WorkspaceId workspace) {
    WorkspaceRoutes routes = workspaces.get(workspace);
    return routes != null ? routes : NOTHING;
  }

  private static final WorkspaceRoutes NOTHING = new WorkspaceRoutes.Draft().finish();
}
