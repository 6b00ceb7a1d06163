package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Ulid;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarlyBatchTest {

  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
  private static final Lease LEASE = new Lease("node", 1, AT.plusSeconds(60));
  private static final Attempt OK = new Attempt(AT, 5, "delivered", 200, null, null);
  private static final Attempt FAILED = new Attempt(AT, 5, "status", 503, null, null);

  private final List<Attempted> early = new ArrayList<>();
  private final List<Attempted> late = new ArrayList<>();
  private final EarlyBatch earlyBatch =
      new EarlyBatch(new EarlyBatch.Settle(early::addAll, late::add));

  @Test
  void whatIsDeliveredBeforeTheRowsAreMadeGoesIntoThem() {
    Attempted quick = delivered(1);
    assertThat(earlyBatch.keep(quick)).isTrue();
    assertThat(earlyBatch.delivered()).containsOnly(Map.entry(id(1), OK));

    earlyBatch.written();

    assertThat(early).containsExactly(quick);
    assertThat(late).isEmpty();
  }

  @Test
  void whatIsDeliveredWhileTheRowsAreOnTheirWayIsSettledAfterThem() {
    assertThat(earlyBatch.delivered()).isEmpty();
    Attempted slow = delivered(1);
    assertThat(earlyBatch.keep(slow)).isTrue();
    assertThat(earlyBatch.delivered()).as("the rows are made once").isEmpty();
    assertThat(late).as("there is no row yet to settle").isEmpty();

    earlyBatch.written();

    assertThat(early).isEmpty();
    assertThat(late).containsExactly(slow);
  }

  @Test
  void whatFailsIsSettledAfterTheRowsHoweverEarlyItWas() {
    Attempted failed = attempted(1, new Settlement.Retry(id(1), LEASE, FAILED, AT.plusSeconds(10)));
    assertThat(earlyBatch.keep(failed)).isTrue();
    assertThat(earlyBatch.delivered()).isEmpty();

    earlyBatch.written();

    assertThat(late).containsExactly(failed);
  }

  @Test
  void afterTheRowsEachEndIsTheCallersToSettle() {
    earlyBatch.written();
    assertThat(earlyBatch.keep(delivered(1))).isFalse();
    earlyBatch.written();
    assertThat(early).isEmpty();
    assertThat(late).isEmpty();
  }

  private static Attempted delivered(int number) {
    return attempted(number, new Settlement.Delivered(id(number), LEASE, OK));
  }

  private static Attempted attempted(int number, Settlement settlement) {
    return new Attempted(
        new EndpointId(new Ulid(1, 1)),
        new EventId(new Ulid(2, number)),
        settlement,
        Outcome.DELIVERED,
        DispatchState.Ending.UNTRIED,
        false,
        null);
  }

  private static DeliveryId id(int number) {
    return new DeliveryId(new Ulid(3, number));
  }
}
