package dev.chasqui.routing;

import dev.chasqui.model.ItemPath;
import java.util.List;
import java.util.Set;

/// The endpoints that get each item of an event.
///
/// @param routed each endpoint once, in the order in which the items reach them
/// @param unassigned items of a phone number that belongs to another workspace; no endpoint gets
///   them
/// @param filtered items that no endpoint of the workspace wants
public record RoutingResult(List<Routed> routed, Set<ItemPath> unassigned, Set<ItemPath> filtered) {

  public RoutingResult {
    routed = List.copyOf(routed);
    unassigned = Set.copyOf(unassigned);
    filtered = Set.copyOf(filtered);
  }
}
