package dev.chasqui.api.turn;

import static dev.chasqui.api.turn.BodyRule.all;
import static dev.chasqui.api.turn.BodyRule.each;
import static dev.chasqui.api.turn.BodyRule.needsObject;
import static dev.chasqui.api.turn.BodyRule.needsText;
import static dev.chasqui.api.turn.BodyRule.text;
import static dev.chasqui.api.turn.BodyRule.within;

import dev.chasqui.json.JsonBody;
import java.util.Map;

/// What interactive messages require. The platform keeps adding kinds: one that is not known here
/// needs an action and is passed on.
final class InteractiveRules {

  private static final int MAX_ROWS = 10;

  private static final BodyRule COMMON =
      all(
          needsText("type", 64),
          needsObject("action"),
          within("header", all(needsText("type", 32), text("text", 60))),
          text("footer.text", 60));

  private static final BodyRule BUTTON =
      each("action.buttons", 1, 3, all(needsText("reply.id", 256), needsText("reply.title", 20)));

  private static final BodyRule ROW =
      all(needsText("id", 200), needsText("title", 24), text("description", 72));

  private static final BodyRule LIST =
      all(
          needsText("body.text", 4_096),
          needsText("action.button", 20),
          each("action.sections", 1, 10, all(text("title", 24), each("rows", 1, MAX_ROWS, ROW))),
          InteractiveRules::countRows);

  private static final Map<String, BodyRule> KINDS =
      Map.of(
          "button", all(needsText("body.text", 1_024), BUTTON),
          "list", LIST,
          "cta_url",
              all(
                  needsText("body.text", 1_024),
                  needsText("action.parameters.display_text", 20),
                  needsText("action.parameters.url", 2_000)),
          "product",
              all(
                  needsText("action.catalog_id", 256),
                  needsText("action.product_retailer_id", 256)),
          "product_list", all(needsText("body.text", 1_024), needsText("action.catalog_id", 256)),
          "flow", all(needsText("body.text", 1_024), needsObject("action.parameters")),
          "location_request_message", needsText("body.text", 1_024));

  /// For the object `interactive`, if it is there.
  static final BodyRule RULE = within("interactive", InteractiveRules::check);

  private InteractiveRules() {}

  private static void check(JsonBody interactive) {
    COMMON.check(interactive);
    BodyRule kind = KINDS.get(interactive.text("type").orElse(""));
    if (kind != null && interactive.has("action")) {
      kind.check(interactive);
    }
  }

  /// Rows are limited in all sections together; with several sections each needs a title.
  private static void countRows(JsonBody interactive) {
    var sections = interactive.node().path("action").path("sections");
    int rows = 0;
    int index = 0;
    for (var section : sections.values()) {
      rows += section.path("rows").size();
      if (sections.size() > 1 && section.path("title").stringValue("").isBlank()) {
        interactive.problem(
            "action.sections[" + index + "].title", "must be there with several sections");
      }
      index++;
    }
    if (rows > MAX_ROWS) {
      interactive.problem(
          "action.sections", "must have at most " + MAX_ROWS + " rows in all together");
    }
  }
}
