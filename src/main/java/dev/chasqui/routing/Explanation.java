package dev.chasqui.routing;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.ItemPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The endpoints that would get an event, by which rule, and why the others would not.
///
/// @param lines one for each endpoint of the workspace, those that get it first
/// @param notes what concerns the event as a whole: unassigned numbers, unsubscribed accounts
public record Explanation(List<Line> lines, List<String> notes) {

  public Explanation {
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  /// The same with more to say of the event as a whole.
  public Explanation with(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Explanation(lines, all);
  }

  /// The decision for one endpoint.
  ///
  /// @param rule by which it gets something, null if it gets nothing
  /// @param items what it gets
  /// @param objections why it does not get the rest, each once; at most [#MAX_OBJECTIONS]
  public record Line(
      Endpoint endpoint, @Nullable Rule rule, List<ItemPath> items, List<String> objections) {

    /// The most reasons of one line.
    public static final int MAX_OBJECTIONS = 5;

    public Line {
      items = List.copyOf(items);
      objections = List.copyOf(objections);
    }

    /// True if a rule gives the endpoint any item.
    public boolean isReached() {
      return rule != null;
    }
  }
}
