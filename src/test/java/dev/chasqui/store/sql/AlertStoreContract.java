package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.AlertId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.AlertStore;
import dev.chasqui.store.AlertStore.Filter;
import dev.chasqui.store.AlertStore.Notice;
import dev.chasqui.store.AlertStore.NumberHour;
import dev.chasqui.store.AlertStore.Sending;
import dev.chasqui.store.AlertStore.SendingState;
import dev.chasqui.store.AlertStore.Webhook;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

abstract class AlertStoreContract extends StoreContract {

  private static final WorkspaceId OTHER = new WorkspaceId("other");

  AlertStoreContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  private static Alert alert(int number) {
    return new Alert(
        new AlertId(Ulid.of(at(number), 1, number)),
        WORKSPACE,
        number % 2 == 0 ? Kind.DEAD_LETTERS : Kind.ENDPOINT_HEALTH,
        "subject-" + number,
        "failing",
        new Alert.Words(
            Alert.Severity.CRITICAL, "it \"fails\"; ünd wie", Map.of("b", "2", "a", "\\1")),
        null);
  }

  private static Notice notice(int number, Alert alert, long dueSecond) {
    return new Notice(
        Ulid.of(at(number), 9, number), alert.id(), WORKSPACE, "{}", Sending.at(at(dueSecond)));
  }

  private AlertStore alerts() {
    return store.alerts();
  }

  @Test
  void anAlertIsKeptAsItIsAndResolvedOnce() {
    alerts().put(alert(1), null);
    reopen();
    assertThat(alerts().find(alert(1).id())).contains(alert(1));
    assertThat(alerts().open()).containsExactly(alert(1));
    Alert resolved = alert(1).resolved(at(5), "over");
    alerts().put(resolved, null);
    alerts().put(alert(1).resolved(at(9), "changed"), notice(1, alert(1), 9));
    assertThat(alerts().find(alert(1).id())).contains(resolved);
    assertThat(alerts().open()).isEmpty();
    assertThat(alerts().notices(alert(1).id())).as("what changed nothing is not told").isEmpty();
  }

  @Test
  void theWordsOfAnOpenAlertChangeAndThoseOfAResolvedOneStay() {
    Alert.Words words = new Alert.Words(Alert.Severity.WARNING, "two", Map.of("count", "2"));
    alerts().put(alert(1), null);
    alerts().put(alert(1).saying(words), null);
    assertThat(alerts().open()).containsExactly(alert(1).saying(words));
    Alert resolved = alert(1).saying(words).resolved(at(5), "over");
    alerts().put(resolved, null);
    alerts().put(alert(1), null);
    assertThat(alerts().find(alert(1).id())).contains(resolved);
  }

  @Test
  void alertsAreListedNewestFirstInPagesAndByTheirFilters() {
    for (int i = 1; i <= 4; i++) {
      alerts().put(alert(i), null);
    }
    alerts().put(alert(3).resolved(at(7), "over"), null);
    Page<Alert> first = alerts().list(WORKSPACE, Filter.ANY, new PageRequest(3, null));
    assertThat(first.data()).extracting(Alert::id).containsExactly(id(4), id(3), id(2));
    Page<Alert> rest = alerts().list(WORKSPACE, Filter.ANY, new PageRequest(3, first.nextCursor()));
    assertThat(rest.data()).containsExactly(alert(1));
    assertThat(rest.nextCursor()).isNull();
    assertThat(ids(new Filter(Kind.DEAD_LETTERS, null, null, null, null)))
        .containsExactly(id(4), id(2));
    assertThat(ids(new Filter(null, true, null, null, null))).containsExactly(id(4), id(2), id(1));
    assertThat(ids(new Filter(null, false, null, null, null))).containsExactly(id(3));
    assertThat(ids(new Filter(null, null, "subject-2", null, null))).containsExactly(id(2));
    assertThat(ids(new Filter(null, null, null, at(2), at(4)))).containsExactly(id(3), id(2));
    assertThat(alerts().list(OTHER, Filter.ANY, PageRequest.first()).data()).isEmpty();
  }

  private List<AlertId> ids(Filter filter) {
    return alerts().list(WORKSPACE, filter, PageRequest.first()).data().stream()
        .map(Alert::id)
        .toList();
  }

  private static AlertId id(int number) {
    return alert(number).id();
  }

  @Test
  void noticesAreDueInTheirOrderUntilTheyAreSettled() {
    Notice late = notice(1, alert(1), 60);
    Notice early = notice(2, alert(2), 30);
    alerts().put(alert(1), late);
    alerts().put(alert(2), early);
    assertThat(alerts().dueNotices(at(29), 9)).isEmpty();
    assertThat(alerts().nextNotice()).contains(at(30));
    assertThat(alerts().dueNotices(at(60), 9)).containsExactly(early, late);
    assertThat(alerts().dueNotices(at(60), 1)).containsExactly(early);
    Sending retried = new Sending(SendingState.WAITING, 1, at(90), "status 500");
    alerts().settle(with(early, retried));
    reopen();
    assertThat(alerts().dueNotices(at(60), 9)).containsExactly(late);
    Sending sent = new Sending(SendingState.SENT, 2, null, null);
    alerts().settle(with(early, sent));
    alerts().settle(with(early, retried));
    assertThat(alerts().notices(alert(2).id())).containsExactly(with(early, sent));
    assertThat(alerts().nextNotice()).contains(at(60));
  }

  private static Notice with(Notice notice, Sending sending) {
    return new Notice(notice.id(), notice.alert(), notice.workspace(), notice.body(), sending);
  }

  @Test
  void aWebhookIsSetReplacedAndTakenAwayWithWhatItIsOwed() {
    Webhook all = new Webhook(WORKSPACE, URI.create("https://ops.example/a?b=1"), Set.of());
    Webhook some =
        new Webhook(
            WORKSPACE,
            URI.create("https://ops.example/b"),
            Set.of(Kind.LANE_OVERDUE, Kind.NUMBER_SILENT));
    alerts().putWebhook(all);
    assertThat(alerts().webhook(WORKSPACE)).contains(all);
    alerts().putWebhook(some);
    assertThat(alerts().webhook(WORKSPACE)).contains(some);
    assertThat(alerts().webhook(OTHER)).isEmpty();
    alerts().put(alert(1), notice(1, alert(1), 1));
    assertThat(alerts().deleteWebhook(WORKSPACE)).isTrue();
    assertThat(alerts().deleteWebhook(WORKSPACE)).isFalse();
    assertThat(alerts().nextNotice()).isEmpty();
    assertThat(alerts().notices(alert(1).id()))
        .singleElement()
        .matches(it -> it.sending().state() == SendingState.GIVEN_UP);
  }

  @Test
  void hoursAreAddedUpAndReadInPortionsNumberByNumber() {
    alerts().addHours(List.of(hour("2", 11, 5), hour("1", 12, 1), hour("1", 9, 7)));
    alerts().addHours(List.of(hour("1", 12, 2), hour("1", 10, 4)));
    List<NumberHour> first = alerts().hours(10, null, 2);
    assertThat(first).containsExactly(hour("1", 10, 4), hour("1", 12, 3));
    assertThat(alerts().hours(10, first.getLast(), 2)).containsExactly(hour("2", 11, 5));
  }

  private static NumberHour hour(String number, long hour, long webhooks) {
    return new NumberHour(WORKSPACE, number, hour, webhooks);
  }
}
