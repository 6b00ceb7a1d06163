package dev.chasqui.routing;

import dev.chasqui.model.ItemPath;
import java.util.List;

/// Where the items of an event go.
///
/// @param routed each endpoint once, in the order in which the items reach them
/// @param unassigned items of a phone number that belongs to another workspace; nobody gets them
public record Routes(List<Routed> routed, List<ItemPath> unassigned) {

  /// Nowhere.
  public static final Routes NONE = new Routes(List.of(), List.of());

  public Routes {
    routed = List.copyOf(routed);
    unassigned = List.copyOf(unassigned);
  }
}
