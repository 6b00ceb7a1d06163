package dev.chasqui.operations.events;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.operations.shape.OmitNull;
import dev.chasqui.routing.Explanation;
import dev.chasqui.routing.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who gets an event, by which rule, and why the others do not.
public record RouteExplanation(
    @Doc("The endpoints that get something of it.") List<Line> matched,
    @Doc("All other endpoints of the workspace.") List<Line> unmatched,
    @Doc("What is to be said of the event as a whole.") List<String> notes) {

  /// Items that are told by name; of more only the number.
  private static final int MOST_ITEMS = 200;

  /// One endpoint.
  public record Line(
      EndpointId endpointId,
      String name,
      Endpoint.Role role,
      DialectName dialect,
      @Flat Match match,
      @Doc("Why it does not get the rest.") List<String> reasons) {

    private static Line of(Explanation.Line line) {
      return new Line(
          line.endpoint().id(),
          line.endpoint().identity().name(),
          line.endpoint().role(),
          line.endpoint().dialect(),
          Match.of(line),
          line.objections());
    }
  }

  /// Why an endpoint gets something, and what; nothing of an endpoint that gets nothing.
  public record Match(
      @OmitNull @Nullable Rule rule,
      @Doc("The rule in words.") @OmitNull @Nullable String because,
      @Doc("The paths of the items that it gets, 200 at most.") @OmitNull
          @Nullable List<String> items,
      @Doc("How many items it gets.") @OmitNull @Nullable Integer itemCount) {

    private static Match of(Explanation.Line line) {
      Rule rule = line.rule();
      return rule == null
          ? new Match(null, null, null, null)
          : new Match(
              rule,
              rule.words(),
              line.items().stream().limit(MOST_ITEMS).map(Object::toString).toList(),
              line.items().size());
    }
  }

  static RouteExplanation of(Explanation explanation) {
    return new RouteExplanation(
        explanation.lines().stream().filter(Explanation.Line::isReached).map(Line::of).toList(),
        explanation.lines().stream().filter(it -> !it.isReached()).map(Line::of).toList(),
        explanation.notes());
  }
}
