package dev.chasqui.routing;

import static dev.chasqui.routing.Items.NUMBER;
import static dev.chasqui.routing.Items.WABA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Endpoint.Interest;
import dev.chasqui.model.Endpoint.Scope;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplainRoutesTest {

  @Test
  void tellsTheRuleByWhichACallbackGetsAnEventAndWhyTheOthersDoNot() {
    Rules rules =
        new Rules()
            .application("app")
            .wabaCallback("waba", WABA)
            .numberCallback("number", NUMBER)
            .numberCallback("other", "201");

    Explanation explanation = explain(rules, Items.text(0));

    assertThat(line(explanation, "number").rule()).isEqualTo(Rule.PHONE_NUMBER_OVERRIDE);
    assertThat(line(explanation, "number").items()).containsExactly(new ItemPath(0, 0, 0));
    assertThat(line(explanation, "waba").objections())
        .containsExactly("a nearer callback has it: the phone number's own callback");
    assertThat(line(explanation, "app").objections())
        .containsExactly("a nearer callback has it: the phone number's own callback");
    assertThat(line(explanation, "other").objections())
        .containsExactly("it is the callback of another phone number or WABA");
    assertThat(explanation.lines().getFirst().endpoint().identity().name()).isEqualTo("number");
  }

  @Test
  void tellsThatAFieldFollowsNoOverride() {
    Rules rules = new Rules().application("app").numberCallback("number", NUMBER);

    Explanation explanation = explain(rules, Items.change("flows"));

    assertThat(line(explanation, "app").rule()).isEqualTo(Rule.APPLICATION_CALLBACK);
    assertThat(line(explanation, "number").objections())
        .containsExactly("the field flows follows no override: the application's callback");
  }

  @Test
  void tellsTheFirstConditionASubscriberMakesThatIsNotMet() {
    Rules rules =
        new Rules()
            .subscriber("number", new Scope(null, "201"), Interest.ALL)
            .subscriber("account", new Scope("101", null), Interest.ALL)
            .subscriber("field", Scope.WORKSPACE, interest(Set.of("calls"), Set.of(), Set.of()))
            .subscriber("type", Scope.WORKSPACE, interest(Set.of(), Set.of("image"), Set.of()))
            .subscriber("sender", Scope.WORKSPACE, interest(Set.of(), Set.of(), Set.of("1")))
            .switched(Switch.DISABLED)
            .subscriber("off", Scope.WORKSPACE, Interest.ALL);

    Explanation explanation = explain(rules, Items.text(0));

    assertThat(explanation.lines())
        .extracting(line -> line.objections().getFirst())
        .containsExactly(
            "scope.phoneNumberId is 201; the item has " + NUMBER,
            "scope.wabaId is 101; the item has " + WABA,
            "filters.fields is [calls]; this change has the field messages",
            "filters.messageTypes is [image]; this message's type is text",
            "filters.senders does not name the item's user",
            "it is disabled");
  }

  @Test
  void tellsWhatIsGotAndWhatIsNotOfOneEvent() {
    Rules rules =
        new Rules()
            .subscriber("type", Scope.WORKSPACE, interest(Set.of(), Set.of("image"), Set.of()));

    Explanation.Line line =
        line(explain(rules, Items.text(0), Items.message(1, "image", Items.user("1"))), "type");

    assertThat(line.isReached()).isTrue();
    assertThat(line.items()).containsExactly(new ItemPath(0, 0, 1));
    assertThat(line.objections())
        .containsExactly("filters.messageTypes is [image]; this message's type is text");
  }

  @Test
  void tellsOfUnsubscribedAccountsAndForeignNumbers() {
    Rules rules = new Rules().application("app").waba(WABA, true).in("other").number("201", WABA);

    Explanation unsubscribed = explain(rules, Items.text(0));
    Explanation foreign = explain(rules, Items.change("messages", WABA, "201"));

    assertThat(unsubscribed.notes())
        .containsExactly("the application is not subscribed to WABA 100: no callback");
    assertThat(line(unsubscribed, "app").objections())
        .containsExactly(
            "the application is not subscribed to the WABA, so its changes go to no callback");
    assertThat(foreign.notes())
        .containsExactly("phone number 201 belongs to another workspace: unassigned");
    assertThat(foreign.lines()).noneMatch(Explanation.Line::isReached);
  }

  private static Interest interest(Set<String> fields, Set<String> types, Set<String> senders) {
    return new Interest(Set.of(), fields, types, Set.of(), Set.of(), senders);
  }

  private static Explanation explain(Rules rules, Notification... items) {
    return ExplainRoutes.explain(
        rules.table(), Rules.DIALECTS, WorkspaceId.DEFAULT, List.of(items));
  }

  private static Explanation.Line line(Explanation explanation, String name) {
    return explanation.lines().stream()
        .filter(line -> line.endpoint().identity().name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
