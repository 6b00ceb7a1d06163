package dev.chasqui.app;

import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.Metrics;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.Reasons;
import dev.chasqui.store.SeriesStore;
import dev.chasqui.store.SeriesStore.Counted;
import dev.chasqui.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The loop that writes numbers over time, a batch every few seconds. A batch that the store does
/// not take is kept and written first the next time; a crash loses what was not written yet.
final class WriteSeries {

  /// From one batch to the next.
  static final Duration PAUSE = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger(WriteSeries.class.getName());

  private final SeriesCounts counts;
  private final SeriesStore store;
  private final Metrics metrics;
  private final Duration pause;
  private final SupervisedLoop loop;
  private final CountDownLatch stop = new CountDownLatch(1);

  /// Guarded by this object's lock.
  private List<Counted> batch = List.of();

  WriteSeries(
      SeriesCounts counts,
      SeriesStore store,
      Metrics metrics,
      Duration pause,
      Supervisor supervisor) {
    this.counts = counts;
    this.store = store;
    this.metrics = metrics;
    this.pause = pause;
    this.loop = supervisor.loop("series", this::run);
  }

  /// What it writes.
  SeriesCounts counts() {
    return counts;
  }

  void start() {
    loop.start();
  }

  private void run(LoopReport report) throws InterruptedException {
    while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      try {
        write();
        report.goesOn();
      } catch (StoreException e) {
        LOG.log(System.Logger.Level.WARNING, "numbers over time wait: the store is " + e.kind());
        report.waits("numbers over time wait: " + Reasons.of(e));
      }
    }
  }

  private synchronized void write() {
    metrics.count(counts.takeLost(), "chasqui_series_lost");
    if (batch.isEmpty()) {
      batch = counts.drain();
    }
    store.add(batch);
    batch = List.of();
  }

  /// Ends the loop and writes what is left: what was kept, then what was counted since.
  void close() {
    loop.expectEnd();
    stop.countDown();
    write();
    write();
  }
}
