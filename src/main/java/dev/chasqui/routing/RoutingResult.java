package dev.chasqui.routing;

import dev.chasqui.model.ItemPath;
import java.util.List;
import java.util.Set;

/// Where the items of an event go.
///
/// @param routed each endpoint once, in the order in which the items reach them
/// @param unassigned items of a phone number that belongs to another workspace; nobody gets them
/// @param filtered items that no endpoint of the workspace wants
public record RoutingResult(List<Routed> routed, Set<ItemPath> unassigned, Set<ItemPath> filtered) {

  public RoutingResult {
    routed = List.copyOf(routed);
    unassigned = Set.copyOf(unassigned);
    filtered = Set.copyOf(filtered);
  }
}
