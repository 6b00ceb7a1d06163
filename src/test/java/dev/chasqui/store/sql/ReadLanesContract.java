package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.model.ItemKey;
import dev.chasqui.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Slow reads delay nothing but other reads of their lane, and there is a bound on them.
abstract class ReadLanesContract {

  private static final int VIEWERS = 2;
  private static final int MAX_WAITING = 3;
  private static final int OVER = 5;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Supplier<StoreFixture> fixtures;
  private StoreFixture fixture;
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch held = new CountDownLatch(1);
  Database database;

  ReadLanesContract(Supplier<StoreFixture> fixtures) {
    this.fixtures = fixtures;
  }

  abstract Database open(StoreSettings settings);

  @BeforeEach
  void open() {
    fixture = fixtures.get();
    database = open(LIMIT);
  }

  private Database open(Duration limit) {
    StoreSettings.Reads reads = new StoreSettings.Reads(VIEWERS, MAX_WAITING, limit);
    return open(new StoreSettings(fixture.settings().url(), "node-1", reads));
  }

  @AfterEach
  void close() {
    held.countDown();
    callers.close();
    database.close();
    fixture.close();
  }

  /// Reads that stay until they are let go; all threads of the lane have one.
  private List<Future<String>> holdAllViewers() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(VIEWERS);
    List<Future<String>> views = new ArrayList<>();
    for (int i = 0; i < VIEWERS; i++) {
      views.add(callers.submit(() -> database.view(_ -> hold(begun))));
    }
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    return views;
  }

  private String hold(CountDownLatch begun) {
    begun.countDown();
    try {
      return held.await(60, TimeUnit.SECONDS) ? "let go" : "forgotten";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Future<Long> view() {
    return callers.submit(() -> database.view(s -> s.number("SELECT 7", 0)));
  }

  @Test
  void slowViewsHoldUpNeitherProjectionNorDeliveriesNorWrites() throws Exception {
    List<Future<String>> views = holdAllViewers();
    SqlProjection projection = new SqlProjection(database);
    SqlDeliveries deliveries = new SqlDeliveries(database);
    assertThat(projection.seen(List.of(new ItemKey(1, 2)))).isEmpty();
    assertThat(deliveries.waiting()).isEmpty();
    assertThat(deliveries.releaseExpired(Samples.START)).isZero();
    assertThat(views).noneMatch(Future::isDone);
    held.countDown();
    for (Future<String> view : views) {
      assertThat(view.get()).isEqualTo("let go");
    }
  }

  @Test
  void whatIsOverTheBoundIsRefusedAtOnceAsBusy() throws Exception {
    holdAllViewers();
    List<Future<Long>> more = new ArrayList<>();
    for (int i = 0; i < MAX_WAITING + OVER; i++) {
      more.add(view());
    }
    awaitDone(more, OVER);
    more.removeIf(Future::isDone);
    assertThatThrownBy(() -> database.view(s -> s.number("SELECT 7", 0)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.BUSY))
        .hasMessageContaining("try again");
    held.countDown();
    for (Future<Long> waiting : more) {
      assertThat(waiting.get()).isEqualTo(7);
    }
  }

  private static void awaitDone(List<Future<Long>> reads, int count) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (reads.stream().filter(Future::isDone).count() < count) {
      assertThat(System.nanoTime()).as("reads that are refused").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void readsRunOnPlatformThreadsWhoeverAsks() throws Exception {
    for (ReadLane lane : ReadLane.values()) {
      Future<Boolean> onVirtual =
          callers.submit(() -> database.read(lane, _ -> Thread.currentThread().isVirtual()));
      assertThat(onVirtual.get()).isFalse();
    }
  }

  @Test
  void aReaderThatIsInterruptedLeavesItsPlace() throws Exception {
    holdAllViewers();
    Future<Long> waiting = view();
    waiting.cancel(true);
    held.countDown();
    assertThat(view().get()).isEqualTo(7);
    assertThatThrownBy(waiting::get).isInstanceOf(CancellationException.class);
  }

  @Test
  void closingEndsWhatIsReadAndWhatWaits() throws Exception {
    List<Future<String>> views = holdAllViewers();
    Future<Long> waiting = view();
    database.close();
    assertThatThrownBy(waiting::get).hasCauseInstanceOf(StoreException.class);
    for (Future<String> view : views) {
      assertThatThrownBy(view::get).isInstanceOf(ExecutionException.class);
    }
    assertThatThrownBy(() -> database.view(s -> s.number("SELECT 7", 0)))
        .isInstanceOf(StoreException.class);
  }
}
