package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.ENDPOINT;
import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static dev.chasqui.store.sql.Samples.attempt;
import static dev.chasqui.store.sql.Samples.deliveryId;
import static dev.chasqui.store.sql.Samples.lease;
import static dev.chasqui.store.sql.Samples.owed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.JobStore.FailedJob;
import dev.chasqui.store.JobStore.Progress;
import dev.chasqui.store.JobStore.Replay;
import dev.chasqui.store.JobStore.Status;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.ProjectionStore.Batch;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

abstract class JobStoreContract extends StoreContract {

  JobStoreContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  private static FailedJob job(int number) {
    return new FailedJob(
        new JobId(Samples.eventId(number).ulid()),
        WORKSPACE,
        Samples.eventId(number),
        number * 100L,
        new Status("failed", 1, "IllegalStateException", at(number)));
  }

  private void fail(FailedJob... jobs) {
    store.projection().commit(new Batch(0, 1, List.of(), List.of(), List.of(), List.of(jobs)));
  }

  @Test
  void jobsAreListedNewestFirstInPages() {
    fail(job(1), job(2), job(3));
    Page<FailedJob> first = store.jobs().list(WORKSPACE, new PageRequest(2, null));
    assertThat(first.data()).containsExactly(job(3), job(2));
    Page<FailedJob> second = store.jobs().list(WORKSPACE, new PageRequest(2, first.nextCursor()));
    assertThat(second.data()).containsExactly(job(1));
    assertThat(second.nextCursor()).isNull();
    assertThat(store.jobs().list(new WorkspaceId("other"), PageRequest.first()).data()).isEmpty();
  }

  @Test
  void theOldestJobThatWaitsForItsRetryIsKnown() {
    assertThat(store.jobs().oldestFailedPosition()).isEmpty();
    fail(job(5), job(3));
    assertThat(store.jobs().oldestFailedPosition()).hasValue(300);
    store.jobs().recordRetry(job(3).id(), null, at(9));
    assertThat(store.jobs().oldestFailedPosition()).hasValue(500);
  }

  @Test
  void aRetryCountsAndKeepsTheNewestError() {
    fail(job(1));
    store.jobs().recordRetry(job(1).id(), "other", at(8));
    assertThat(store.jobs().find(job(1).id()).orElseThrow().status())
        .isEqualTo(new Status("failed", 2, "other", at(8)));
    store.jobs().recordRetry(job(1).id(), null, at(9));
    assertThat(store.jobs().find(job(1).id()).orElseThrow().status())
        .isEqualTo(new Status("succeeded", 3, "other", at(9)));
  }

  @Test
  void aReplayIsKnownFromItsBeginningToItsEnd() {
    ReplayId id = new ReplayId(new Ulid(1, 2));
    Replay begun = new Replay(id, WORKSPACE, "{}", "running", new Progress(10, 0, null, at(1)));
    store.jobs().putReplay(begun);
    assertThat(store.jobs().unfinishedReplays()).containsExactly(begun);
    Replay done = new Replay(id, WORKSPACE, "{}", "done", new Progress(10, 10, "x", at(2)));
    store.jobs().updateReplay(done);
    assertThat(store.jobs().findReplay(id)).contains(done);
    assertThat(store.jobs().unfinishedReplays()).isEmpty();
  }

  @Test
  void theReplaysOfAnEventAreThoseThatNameItAndThoseThatMadeItsDeliveriesDue() {
    Replay named = replay(1, "{\"eventIds\":[\"" + Samples.eventId(1) + "\"]}");
    Replay other = replay(2, "{\"eventIds\":[\"" + Samples.eventId(2) + "\"]}");
    Replay byFilter = replay(3, "{\"filter\":{}}");
    List.of(named, other, byFilter).forEach(store.jobs()::putReplay);
    store.projection().commit(Samples.batch(0, List.of(), List.of(owed(1, ENDPOINT, lease(1)))));
    DeliveryId delivery = deliveryId(1, ENDPOINT);
    store
        .deliveries()
        .settle(
            List.of(new Settlement.Delivered(delivery, lease(1), attempt(1, "delivered"))), at(9));
    store.deliveries().requeue(List.of(delivery), at(10), byFilter.id());

    assertThat(store.jobs().replaysOf(WORKSPACE, Samples.eventId(1), 9))
        .containsExactly(byFilter, named);
    assertThat(store.jobs().replaysOf(WORKSPACE, Samples.eventId(1), 1)).containsExactly(byFilter);
    assertThat(store.jobs().replaysOf(WORKSPACE, Samples.eventId(3), 9)).isEmpty();
    assertThat(store.jobs().replaysOf(new WorkspaceId("other"), Samples.eventId(1), 9)).isEmpty();
  }

  private static Replay replay(int number, String request) {
    ReplayId id = new ReplayId(Ulid.of(at(100), 1, number));
    return new Replay(id, WORKSPACE, request, "done", new Progress(1, 1, null, at(101)));
  }
}
