package dev.chasqui.api.operator;

import dev.chasqui.routing.Explanation;
import dev.chasqui.routing.Rule;
import java.util.List;
import java.util.Locale;

/// Writes who gets an event, by which rule, and why the others do not.
final class ExplanationJson {

  /// Items that are told by name; of more only the number.
  private static final int MOST_ITEMS = 200;

  private ExplanationJson() {}

  static JsonAnswer write(Explanation explanation) {
    List<Explanation.Line> reached =
        explanation.lines().stream().filter(Explanation.Line::isReached).toList();
    List<Explanation.Line> others =
        explanation.lines().stream().filter(it -> !it.isReached()).toList();
    return new JsonAnswer()
        .list("matched", reached, ExplanationJson::line)
        .list("unmatched", others, ExplanationJson::line)
        .add("notes", explanation.notes());
  }

  private static JsonAnswer line(Explanation.Line line) {
    JsonAnswer body =
        new JsonAnswer()
            .text("endpointId", line.endpoint().id())
            .add("name", line.endpoint().identity().name())
            .add("role", line.endpoint().role().name().toLowerCase(Locale.ROOT))
            .add("dialect", line.endpoint().dialect().wire());
    Rule rule = line.rule();
    if (rule != null) {
      body.add("rule", rule.wire())
          .add("because", rule.words())
          .add("items", line.items().stream().limit(MOST_ITEMS).map(Object::toString).toList())
          .add("itemCount", line.items().size());
    }
    return body.add("reasons", line.objections());
  }
}
