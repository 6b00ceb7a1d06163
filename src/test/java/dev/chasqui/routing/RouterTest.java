package dev.chasqui.routing;

import static dev.chasqui.routing.Items.NUMBER;
import static dev.chasqui.routing.Items.WABA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Interest;
import dev.chasqui.model.Endpoint.Scope;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

  /// Seed 001: the phone number's callback, else the WABA's, else the application's.
  @ParameterizedTest
  @CsvSource({
    "true, true, true, number",
    "true, true, false, number",
    "true, false, true, number",
    "true, false, false, number",
    "false, true, true, waba",
    "false, true, false, waba",
    "false, false, true, app",
    "false, false, false, ''"
  })
  void aMessageGoesToTheNearestCallback(
      boolean hasNumber, boolean hasWaba, boolean hasApp, String expected) {
    Rules rules = new Rules();
    if (hasApp) {
      rules.application("app");
    }
    if (hasWaba) {
      rules.wabaCallback("waba", WABA);
    }
    if (hasNumber) {
      rules.numberCallback("number", NUMBER);
    }

    assertThat(receivers(rules, Items.text(0)))
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
  }

  @Test
  void theFieldsOfAnAccountsSubscriptionBindTheApplicationsCallback() {
    Rules rules = new Rules().waba(WABA, Set.of("calls"));
    rules.application("app");
    assertThat(receivers(rules, Items.text(0))).isEmpty();
    rules.numberCallback("number", NUMBER);
    assertThat(receivers(rules, Items.text(0))).isEqualTo(List.of("number"));
    Rules wanting = new Rules().waba(WABA, Set.of("messages"));
    wanting.application("app");
    assertThat(receivers(wanting, Items.text(0))).isEqualTo(List.of("app"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "messages",
        "message_echoes",
        "calls",
        "consumer_profile",
        "messaging_handovers",
        "group_lifecycle_update",
        "group_participants_update",
        "group_settings_update",
        "group_status_update",
        "smb_message_echoes",
        "smb_app_state_sync",
        "history",
        "account_settings_update"
      })
  void theThirteenFieldsFollowAnOverride(String field) {
    Rules rules = new Rules().application("app").numberCallback("number", NUMBER);

    assertThat(receivers(rules, Items.change(field))).containsExactly("number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"account_update", "message_template_status_update", "standby", "flows", "new_one"})
  void allOtherFieldsGoToTheApplication(String field) {
    Rules rules =
        new Rules().application("app").wabaCallback("waba", WABA).numberCallback("number", NUMBER);

    assertThat(receivers(rules, Items.change(field))).containsExactly("app");
  }

  @Test
  void overridesOfOthersDoNotCount() {
    Rules rules =
        new Rules().application("app").wabaCallback("waba", "101").numberCallback("number", "201");

    assertThat(receivers(rules, Items.text(0))).containsExactly("app");
  }

  @Test
  void statusesFollowTheOverrideToo() {
    Rules rules = new Rules().application("app").numberCallback("number", NUMBER);

    assertThat(receivers(rules, Items.status(0, "read"))).containsExactly("number");
  }

  @Test
  void aClearedOverrideLeavesItsPlaceToTheNext() {
    Rules rules =
        new Rules()
            .application("app")
            .wabaCallback("waba", WABA)
            .switched(Switch.DISABLED)
            .numberCallback("number", NUMBER);

    assertThat(receivers(rules, Items.text(0))).containsExactly("waba");
  }

  @Test
  void aPausedCallbackKeepsItsPlace() {
    Rules rules =
        new Rules().application("app").switched(Switch.PAUSED).numberCallback("number", NUMBER);

    assertThat(receivers(rules, Items.text(0))).containsExactly("number");
  }

  @Test
  void theNewestOfTwoCallbacksHasThePlace() {
    Rules rules = new Rules().application("older").application("newer");

    assertThat(receivers(rules, Items.text(0))).containsExactly("newer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0"})
  void theNumbersAccountStandsInForOneThatIsNotTold(String told) {
    Rules rules = new Rules().application("app").wabaCallback("waba", WABA).number(NUMBER, WABA);
    Notification item =
        Items.change("account_settings_update", told.isEmpty() ? null : told, NUMBER);

    assertThat(receivers(rules, item)).containsExactly("waba");
  }

  @Test
  void anUnsubscribedAccountHasNoCallbackButSubscribers() {
    Rules rules =
        new Rules()
            .application("app")
            .numberCallback("number", NUMBER)
            .subscriber("further", Scope.WORKSPACE, Interest.ALL)
            .waba(WABA, true);

    assertThat(receivers(rules, Items.text(0), Items.change("account_update")))
        .containsExactly("further");
  }

  @Test
  void anyNumberOfSubscribersStandBesideTheCallback() {
    Rules rules =
        new Rules()
            .application("app")
            .subscriber("all", Scope.WORKSPACE, Interest.ALL)
            .subscriber("account", new Scope(WABA, null), Interest.ALL)
            .subscriber("number", new Scope(null, NUMBER), Interest.ALL)
            .subscriber("other", new Scope(null, "201"), Interest.ALL)
            .switched(Switch.DISABLED)
            .subscriber("disabled", Scope.WORKSPACE, Interest.ALL);

    assertThat(receivers(rules, Items.text(0)))
        .containsExactlyInAnyOrder("app", "all", "account", "number");
  }

  @Test
  void messageTypesDoNotTouchStatusesNorStatusesMessages() {
    Rules rules =
        new Rules()
            .subscriber("images", Scope.WORKSPACE, interest(Set.of("image"), Set.of(), Set.of()))
            .subscriber("reads", Scope.WORKSPACE, interest(Set.of(), Set.of("read"), Set.of()));

    assertThat(receivers(rules, Items.text(0))).containsExactly("reads");
    assertThat(receivers(rules, Items.status(0, "sent"))).containsExactly("images");
    assertThat(receivers(rules, Items.echo(0, "text"))).containsExactly("reads");
    assertThat(receivers(rules, Items.change("flows")))
        .containsExactlyInAnyOrder("images", "reads");
  }

  @Test
  void directionsTellMessagesFromStatusesAndEchoes() {
    Rules rules =
        new Rules()
            .subscriber("in", Scope.WORKSPACE, interest(Set.of(), Set.of(), Set.of("inbound")))
            .subscriber("out", Scope.WORKSPACE, interest(Set.of(), Set.of(), Set.of("outbound")));

    assertThat(receivers(rules, Items.text(0))).containsExactly("in");
    assertThat(receivers(rules, Items.status(0, "read"))).containsExactly("out");
    assertThat(receivers(rules, Items.echo(0, "text"))).containsExactly("out");
    assertThat(receivers(rules, Items.call(0))).containsExactlyInAnyOrder("in", "out");
  }

  @Test
  void groupsAndChatsOfTwoAreToldApart() {
    Rules rules =
        new Rules()
            .subscriber("groups", Scope.WORKSPACE, chats("group"))
            .subscriber("direct", Scope.WORKSPACE, chats("direct"))
            .subscriber("both", Scope.WORKSPACE, chats("group", "direct"));
    Notification.Message text = (Notification.Message) Items.text(0);
    Notification inGroup =
        new Notification.Message(
            text.path(), text.origin(), "wamid.g", "text", text.from(), null, "G1");

    assertThat(receivers(rules, text)).containsExactlyInAnyOrder("direct", "both");
    assertThat(receivers(rules, inGroup)).containsExactlyInAnyOrder("groups", "both");
  }

  private static Interest chats(String... chats) {
    Set<String> all = Set.of();
    Endpoint.Extras extras = new Endpoint.Extras(Set.of(chats), false);
    return new Interest(all, all, all, all, all, all, extras);
  }

  @Test
  void aSenderIsKnownByItsOtherSpelling() {
    Interest senders =
        new Interest(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of("525512345678"));
    Rules rules = new Rules().subscriber("senders", Scope.WORKSPACE, senders);
    Participant ana = new Participant("5215512345678", null, "Ana", "525512345678");

    assertThat(receivers(rules, Items.message(0, "text", ana))).containsExactly("senders");
  }

  @Test
  void sendersAreKnownByEitherId() {
    Interest senders =
        new Interest(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of("5511", "US.1"));
    Rules rules = new Rules().subscriber("senders", Scope.WORKSPACE, senders);

    assertThat(receivers(rules, Items.message(0, "text", new Participant(null, "US.1", null))))
        .containsExactly("senders");
    assertThat(route(rules, Items.message(0, "text", new Participant("5511", "US.1", null))))
        .singleElement()
        .satisfies(routed -> assertThat(routed.items()).hasSize(1));
    assertThat(receivers(rules, Items.message(0, "text", Participant.NONE))).isEmpty();
    assertThat(receivers(rules, Items.change("account_update"))).isEmpty();
  }

  @Test
  void eachEndpointGetsItsItemsInOrder() {
    Rules rules =
        new Rules()
            .application("app")
            .subscriber(
                "images", Scope.WORKSPACE, interest(Set.of("image"), Set.of("no"), Set.of()));
    Notification first = Items.text(0);
    Notification second = Items.message(1, "image", Items.user("5512"));
    Notification third = Items.status(2, "read");

    List<Routed> routed = route(rules, first, second, third);

    assertThat(routed)
        .extracting(Routed::items)
        .containsExactly(List.of(first, second, third), List.of(second));
    assertThat(routed)
        .extracting(Routed::rule)
        .containsExactly(Rule.APPLICATION_CALLBACK, Rule.SUBSCRIPTION);
  }

  @Test
  void itemsThatNobodyWantsAreTold() {
    Rules rules =
        new Rules()
            .subscriber("images", Scope.WORKSPACE, interest(Set.of("image"), Set.of(), Set.of()));

    RoutingResult routes =
        Router.route(rules.table(), Rules.DIALECTS, WorkspaceId.DEFAULT, List.of(Items.text(3)));

    assertThat(routes.routed()).isEmpty();
    assertThat(routes.filtered()).containsExactly(new ItemPath(0, 0, 3));
  }

  @Test
  void workspacesDoNotSeeEachOther() {
    Rules rules = new Rules().application("mine").in("other").application("theirs");

    assertThat(receivers(rules, Items.text(0))).containsExactly("mine");
  }

  @Test
  void aNumberOfAnotherWorkspaceIsUnassigned() {
    Rules rules =
        new Rules().application("mine").in("other").application("theirs").number(NUMBER, WABA);

    RoutingResult routes =
        Router.route(rules.table(), Rules.DIALECTS, WorkspaceId.DEFAULT, List.of(Items.text(0)));

    assertThat(routes.routed()).isEmpty();
    assertThat(routes.unassigned()).containsExactly(new ItemPath(0, 0, 0));
  }

  @Test
  void aNumberThatNobodyKnowsIsRouted() {
    Rules rules = new Rules().application("mine").in("other").number("999", WABA);

    assertThat(receivers(rules, Items.text(0))).containsExactly("mine");
  }

  private static Interest interest(
      Set<String> types, Set<String> statuses, Set<String> directions) {
    return new Interest(Set.of(), Set.of(), types, statuses, directions, Set.of());
  }

  private static List<Routed> route(Rules rules, Notification... items) {
    return Router.route(rules.table(), Rules.DIALECTS, WorkspaceId.DEFAULT, List.of(items))
        .routed();
  }

  private static List<String> receivers(Rules rules, Notification... items) {
    return route(rules, items).stream()
        .map(Routed::endpoint)
        .map(Endpoint::identity)
        .map(Endpoint.Identity::name)
        .toList();
  }
}
