package dev.chasqui.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint.Interest;
import dev.chasqui.model.Endpoint.Scope;
import dev.chasqui.model.Notification;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What depends on an endpoint's dialect: whether there are words for an item, and under which
/// subscription it comes.
class DialectRoutingTest {

  private static final List<Notification> EVERYTHING =
      List.of(
          Items.text(0),
          Items.status(1, "read"),
          Items.status(2, "warning"),
          Items.echo(3, "text"),
          Items.call(4),
          Items.change("flows"));

  @Test
  void turnGetsMessagesAndTheStatusesItHasWordsFor() {
    assertThat(items(DialectName.TURN, "whatsapp")).containsExactly(0, 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"META", "STANDARD"})
  void someHaveWordsForEverything(DialectName dialect) {
    assertThat(items(dialect)).hasSize(EVERYTHING.size());
  }

  @Test
  void nothingThatComesInIsAboutMessagesSentThroughTheGateway() {
    assertThat(items(DialectName.TURN, "turn", "journey_outbound")).isEmpty();
    assertThat(items(DialectName.TURN, "turn", "whatsapp")).containsExactly(0, 1);
  }

  @ParameterizedTest
  @CsvSource({"whatsapp,0 1", "turn,0", "turn whatsapp,0 1", "journey_outbound,''"})
  void whatContactsWriteOverTheFallbackChannelGoesToWhoHasTurnOrWhatsapp(
      String subscriptions, String expected) {
    List<Notification> items =
        List.of(Items.overFallback(Items.text(0)), Items.overFallback(Items.status(1, "read")));
    Rules rules = subscriber(DialectName.TURN, subscriptions.split(" "));
    List<String> got =
        Router.route(rules.table(), Rules.DIALECTS, WorkspaceId.DEFAULT, items).routed().stream()
            .flatMap(routed -> routed.items().stream())
            .map(it -> "" + items.indexOf(it))
            .toList();
    assertThat(String.join(" ", got)).isEqualTo(expected);
  }

  @Test
  void exotelHasOneEndpointForMessagesAndOneForStatuses() {
    assertThat(items(DialectName.EXOTEL, "incoming_message")).containsExactly(0);
    assertThat(items(DialectName.EXOTEL, "message_status")).containsExactly(1);
    assertThat(items(DialectName.EXOTEL)).containsExactly(0, 1);
  }

  @Test
  void standardSubscribesToTypesOfBodies() {
    assertThat(items(DialectName.STANDARD, "message.received", "call.event")).containsExactly(0, 4);
  }

  @Test
  void whatNobodyHasWordsForIsFiltered() {
    Rules rules = subscriber(DialectName.TURN, "whatsapp");
    RoutingResult routes =
        Router.route(rules.table(), Rules.DIALECTS, WorkspaceId.DEFAULT, List.of(Items.call(4)));
    assertThat(routes.filtered()).containsExactly(Items.call(4).path());
  }

  @Test
  void theExplanationSaysWhy() {
    assertThat(objections(subscriber(DialectName.TURN, "whatsapp"), Items.call(4)))
        .containsExactly("its dialect has no words for the item");
    assertThat(objections(subscriber(DialectName.TURN, "turn"), Items.text(0)))
        .containsExactly("it needs the subscription whatsapp; the endpoint has [turn]");
  }

  @Test
  void whoDoesWithoutDeliveredAsksWhatWasRead() {
    assertThat(subscriber(DialectName.TURN).table().asksWhatWasRead(WorkspaceId.DEFAULT)).isFalse();
    Rules asking = new Rules().droppingDeliveredAfterRead().application("app");
    assertThat(asking.table().asksWhatWasRead(WorkspaceId.DEFAULT)).isTrue();
    assertThat(asking.table().asksWhatWasRead(new WorkspaceId("other"))).isFalse();
  }

  private static List<String> objections(Rules rules, Notification item) {
    return ExplainRoutes.explain(rules.table(), Rules.DIALECTS, WorkspaceId.DEFAULT, List.of(item))
        .lines()
        .getFirst()
        .objections();
  }

  private static List<Integer> items(DialectName dialect, String... subscriptions) {
    Rules rules = subscriber(dialect, subscriptions);
    return Router.route(rules.table(), Rules.DIALECTS, WorkspaceId.DEFAULT, EVERYTHING)
        .routed()
        .stream()
        .flatMap(routed -> routed.items().stream())
        .map(EVERYTHING::indexOf)
        .toList();
  }

  private static Rules subscriber(DialectName dialect, String... subscriptions) {
    Interest interest =
        new Interest(Set.of(subscriptions), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    return new Rules().speaking(dialect).subscriber("one", Scope.WORKSPACE, interest);
  }
}
