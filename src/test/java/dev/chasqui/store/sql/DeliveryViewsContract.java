package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.ENDPOINT;
import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static dev.chasqui.store.sql.Samples.attempt;
import static dev.chasqui.store.sql.Samples.deliveryId;
import static dev.chasqui.store.sql.Samples.eventId;
import static dev.chasqui.store.sql.Samples.lease;
import static dev.chasqui.store.sql.Samples.owed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Priority;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.DeliveryViews.Backlog;
import dev.chasqui.store.DeliveryViews.DeadGroup;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.DeliveryViews.Filter;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.ProjectionStore.Batch;
import dev.chasqui.store.ProjectionStore.Filtered;
import dev.chasqui.store.ProjectionStore.Move;
import dev.chasqui.store.ProjectionStore.Owed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class DeliveryViewsContract extends StoreContract {

  private static final EndpointId SECOND = Samples.endpointId(2);

  DeliveryViewsContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  /// 1 delivered, 2 and 3 dead, 4 pending, 5 leased, 6 dead at the second endpoint.
  @BeforeEach
  void deliverSome() {
    store.resources().putEndpoint(Samples.endpoint(1));
    store.resources().putEndpoint(Samples.endpoint(2));
    for (int i = 1; i <= 5; i++) {
      owe(i, ENDPOINT, i != 4);
    }
    owe(6, SECOND, true);
    DeliveryId first = deliveryId(1, ENDPOINT);
    store
        .deliveries()
        .settle(
            List.of(
                new Settlement.Delivered(first, lease(1), attempt(1, "delivered")),
                dead(2, ENDPOINT, "timeout"),
                dead(3, ENDPOINT, "timeout"),
                dead(6, SECOND, "gone")),
            at(1_000));
  }

  private void owe(int number, EndpointId endpoint, boolean leased) {
    store
        .projection()
        .commit(
            Samples.batch(
                number, List.of(), List.of(owed(number, endpoint, leased ? lease(number) : null))));
  }

  private static Settlement dead(int number, EndpointId endpoint, String reason) {
    return new Settlement.Dead(
        deliveryId(number, endpoint),
        lease(number),
        attempt(number, "timeout"),
        reason,
        new DeadPayload(WORKSPACE, Bytes.utf8("fact")));
  }

  private static Filter filter(
      @Nullable EventId event, @Nullable EndpointId endpoint, @Nullable DeliveryState state) {
    return new Filter(event, endpoint, state, null, null, null);
  }

  private List<DeliveryId> list(Filter filter) {
    return store.deliveryViews().list(WORKSPACE, filter, PageRequest.first()).data().stream()
        .map(DeliveryView::id)
        .toList();
  }

  private static DeliveryId id(int number) {
    return deliveryId(number, number == 6 ? SECOND : ENDPOINT);
  }

  @Test
  void allAreListedNewestFirstInPages() {
    Page<DeliveryView> page =
        store.deliveryViews().list(WORKSPACE, Filter.ANY, new PageRequest(4, null));
    assertThat(page.data())
        .extracting(DeliveryView::id)
        .containsExactly(id(6), id(5), id(4), id(3));
    assertThat(
            store
                .deliveryViews()
                .list(WORKSPACE, Filter.ANY, new PageRequest(4, page.nextCursor()))
                .data())
        .extracting(DeliveryView::id)
        .containsExactly(id(2), id(1));
    assertThat(
            store
                .deliveryViews()
                .list(new WorkspaceId("other"), Filter.ANY, PageRequest.first())
                .data())
        .isEmpty();
  }

  @Test
  void filtersByStateEndpointEventAndTime() {
    assertThat(list(filter(null, null, DeliveryState.DEAD))).containsExactly(id(6), id(3), id(2));
    assertThat(list(filter(null, ENDPOINT, DeliveryState.DEAD))).containsExactly(id(3), id(2));
    assertThat(list(filter(null, null, DeliveryState.PENDING))).containsExactly(id(4));
    assertThat(list(filter(null, null, DeliveryState.LEASED))).containsExactly(id(5));
    assertThat(list(filter(null, null, DeliveryState.DELIVERED))).containsExactly(id(1));
    assertThat(list(filter(null, null, DeliveryState.FILTERED))).isEmpty();
    assertThat(list(filter(eventId(3), null, null))).containsExactly(id(3));
    assertThat(list(new Filter(null, null, null, null, at(2), at(4))))
        .containsExactly(id(3), id(2));
  }

  @Test
  void badCursorsAreRefused() {
    assertThatThrownBy(
            () -> store.deliveryViews().list(WORKSPACE, Filter.ANY, new PageRequest(4, "evt_x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(list(new Filter(null, null, null, "gone", null, null))).containsExactly(id(6));
  }

  @Test
  void whatAReplayIsAboutGoesForwardInSteps() {
    DeliveryViews views = store.deliveryViews();
    Filter dead = filter(null, null, DeliveryState.DEAD);
    assertThat(views.replayable(WORKSPACE, dead, null, 2)).containsExactly(id(2), id(3));
    assertThat(views.replayable(WORKSPACE, dead, id(3), 2)).containsExactly(id(6));
    assertThat(views.countReplayable(WORKSPACE, dead)).isEqualTo(3);
  }

  @Test
  void aReplayByFilterIsAboutWhatIsOverAndWasOwed() {
    DeliveryId keptOut = deliveryId(7, ENDPOINT);
    Filtered filtered =
        new Filtered(
            keptOut,
            owed(7, ENDPOINT, null).source(),
            ENDPOINT,
            "0.0.0",
            Priority.STATUSES,
            "a_rule");
    store
        .projection()
        .commit(
            new Batch(
                new Move(0, 7),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(filtered)));
    DeliveryViews views = store.deliveryViews();
    assertThat(list(filter(null, null, DeliveryState.FILTERED))).containsExactly(keptOut);
    assertThat(views.replayable(WORKSPACE, Filter.ANY, null, 9))
        .containsExactly(id(1), id(2), id(3), id(6));
    assertThat(views.countReplayable(WORKSPACE, Filter.ANY)).isEqualTo(4);
    assertThat(views.countReplayable(WORKSPACE, filter(null, null, DeliveryState.FILTERED)))
        .isZero();
  }

  @Test
  void theDeliveriesOfAnEventAreFoundByItsTime() {
    owe(3, SECOND, true);
    assertThat(store.deliveryViews().ofEvent(eventId(3), PageRequest.first()).data())
        .extracting(DeliveryView::endpoint)
        .containsExactlyInAnyOrder(ENDPOINT, SECOND);
    assertThat(store.deliveryViews().ofEvent(eventId(99), PageRequest.first()).data()).isEmpty();
  }

  @Test
  void deadLettersAreGroupedByEndpointAndCause() {
    assertThat(store.deliveryViews().deadGroups(WORKSPACE, 9))
        .containsExactly(
            new DeadGroup(ENDPOINT, "timeout", 2, id(3)), new DeadGroup(SECOND, "gone", 1, id(6)));
    assertThat(store.deliveryViews().deadGroups(WORKSPACE, 1)).hasSize(1);
    assertThat(store.deliveryViews().deadGroups(new WorkspaceId("other"), 9)).isEmpty();
  }

  @Test
  void deadLettersOfADeletedEndpointStayInItsWorkspace() {
    store.resources().deleteEndpoint(SECOND);
    assertThat(list(filter(null, SECOND, DeliveryState.DEAD))).containsExactly(id(6));
  }

  @Test
  void theBacklogCountsWhatWaitsInTheStoreAndOnNodes() {
    assertThat(store.deliveryViews().backlogs(List.of(ENDPOINT, SECOND)))
        .isEqualTo(Map.of(ENDPOINT, new Backlog(2, at(4), at(4)), SECOND, Backlog.NONE));
    assertThat(store.deliveryViews().oldestDue()).isEqualTo(Map.of(ENDPOINT, at(4)));
  }

  @Test
  void aPageEndsEarlyWhereItsTextsAreLong() {
    int count = 12;
    for (int i = 100; i < 100 + count; i++) {
      String selection = "0.0.1,".repeat(50_000);
      Owed owed = owed(i, ENDPOINT, null);
      store
          .projection()
          .commit(
              Samples.batch(
                  i,
                  List.of(),
                  List.of(
                      new Owed(
                          owed.id(),
                          owed.source(),
                          owed.endpoint(),
                          selection,
                          owed.place(),
                          owed.dueAt(),
                          null))));
    }
    Filter filter = new Filter(null, null, null, null, at(100), null);
    List<DeliveryView> told = new ArrayList<>();
    String cursor = null;
    do {
      Page<DeliveryView> page =
          store.deliveryViews().list(WORKSPACE, filter, new PageRequest(200, cursor));
      assertThat(page.data()).hasSizeBetween(1, 4);
      told.addAll(page.data());
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(told).hasSize(count).doesNotHaveDuplicates();
  }

  @Test
  void theDeliveriesOfAnEventArePages() {
    Page<DeliveryView> first = store.deliveryViews().ofEvent(eventId(3), new PageRequest(1, null));
    Page<DeliveryView> all = store.deliveryViews().ofEvent(eventId(3), PageRequest.first());
    assertThat(first.data()).isEqualTo(all.data().subList(0, 1));
    assertThat(store.deliveryViews().endpointsOf(eventId(3)))
        .isEqualTo(all.data().stream().map(DeliveryView::endpoint).collect(Collectors.toSet()));
    assertThat(store.deliveryViews().endpointsOf(eventId(99))).isEmpty();
  }

  /// Five deliveries among hundreds of others: three with their events, and two that outlived them,
  /// one dead and one owed.
  @Test
  void aQuietWorkspaceIsListedWithoutPagingThroughTheOthers() {
    WorkspaceId quiet = new WorkspaceId("quiet");
    EndpointId endpoint = Samples.endpointId(9);
    store.resources().putEndpoint(Samples.of(quiet, Samples.endpoint(9)));
    List<DeliveryId> expected = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      int number = 1_000 * i;
      busy(number);
      List<EventRow> events =
          i <= 2 ? List.of() : List.of(Samples.of(quiet, Samples.event(number)));
      Owed owed = owed(number, endpoint, i == 2 ? null : lease(number));
      store.projection().commit(Samples.batch(number, events, List.of(owed)));
      expected.addFirst(deliveryId(number, endpoint));
    }
    DeadPayload payload = new DeadPayload(quiet, Bytes.utf8("fact"));
    store
        .deliveries()
        .settle(
            List.of(
                new Settlement.Dead(deliveryId(1_000, endpoint), lease(1_000), null, "x", payload)),
            at(9_000));
    assertThat(all(quiet, Filter.ANY, 200)).isEqualTo(expected);
    assertThat(all(quiet, Filter.ANY, 1)).isEqualTo(expected);
    Filter since = new Filter(null, endpoint, null, null, at(2_500), at(4_500));
    assertThat(all(quiet, since, 1)).isEqualTo(expected.subList(1, 3));
  }

  private void busy(int after) {
    List<Owed> owed = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      owed.add(owed(after + i, SECOND, null));
    }
    store.projection().commit(Samples.batch(after + 100, List.of(), owed));
  }

  /// In as many pages as it takes, of which few are empty.
  private List<DeliveryId> all(WorkspaceId workspace, Filter filter, int limit) {
    List<DeliveryId> told = new ArrayList<>();
    String cursor = null;
    int pages = 0;
    do {
      Page<DeliveryView> page =
          store.deliveryViews().list(workspace, filter, new PageRequest(limit, cursor));
      page.data().forEach(view -> told.add(view.id()));
      cursor = page.nextCursor();
      assertThat(++pages).isLessThan(10);
    } while (cursor != null);
    return told;
  }
}
