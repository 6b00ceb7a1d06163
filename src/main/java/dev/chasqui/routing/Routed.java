package dev.chasqui.routing;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Notification;
import java.util.List;

/// The items of an event that one endpoint gets.
///
/// @param rule why
/// @param items what it gets, in order of appearance, never empty
public record Routed(Endpoint endpoint, Rule rule, List<Notification> items) {
  public Routed {
    items = List.copyOf(items);
  }
}
