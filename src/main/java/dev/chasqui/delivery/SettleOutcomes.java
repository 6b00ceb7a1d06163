package dev.chasqui.delivery;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.Reasons;
import dev.chasqui.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The loop that writes what became of deliveries, many in one transaction. Its queue needs no
/// bound of its own: each entry holds one of the slots that [DispatchState] bounds, until it is
/// written. While the store cannot write, the batch is kept and tried again, the slots stay taken,
/// and no new work begins.
final class SettleOutcomes implements SupervisedLoop.Body {

  private static final Logger LOG = System.getLogger(SettleOutcomes.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofHours(1);

  /// How many returned deliveries one transaction writes. An endpoint that starts to fail gives
  /// thousands back at once; one transaction for all would hold up the commits of the others.
  private static final int RETURNED_AT_ONCE = 200;

  private final Queue<Attempted> queue = new ConcurrentLinkedQueue<>();
  private final Wakeup wakeup = new Wakeup();
  private final DeliveryStore store;
  private final DeliverySettings.Settling settings;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Written written;

  /// Set by the loop when it begins.
  private LoopReport report = LoopReport.NONE;

  /// Counted before it is queued, so that nothing in the queue is ahead of its count.
  private final AtomicLong added = new AtomicLong();

  /// Guarded by this object's lock.
  private long passed;

  private long lastWrite;
  private volatile boolean stopping;
  private volatile boolean givingUp;

  SettleOutcomes(
      DeliveryStore store, DeliverySettings.Settling settings, Timing timing, Written written) {
    this.store = store;
    this.settings = settings;
    this.clock = timing.clock();
    this.nanos = timing.nanos();
    this.written = written;
    this.lastWrite = nanos.getAsLong() - settings.interval().toNanos();
  }

  /// Told of each batch that is written, or dropped because the store will never take it.
  @FunctionalInterface
  interface Written {
    void done(List<Attempted> batch, Set<DeliveryId> lost);
  }

  void add(Attempted attempted) {
    added.incrementAndGet();
    queue.add(attempted);
    wakeup.wake();
  }

  /// Ends the loop when its queue is empty.
  void stop() {
    stopping = true;
    wakeup.wake();
  }

  /// Ends the loop even if the store cannot write: leases that are not settled are released by the
  /// next start.
  void giveUp() {
    givingUp = true;
    stop();
  }

  @Override
  public void run(LoopReport toReport) throws InterruptedException {
    report = toReport;
    while (!givingUp && !(stopping && queue.isEmpty())) {
      if (queue.isEmpty()) {
        wakeup.await(IDLE);
        continue;
      }
      pauseBetweenBatches();
      List<Attempted> batch = nextBatch();
      write(batch);
      pass(batch.size());
    }
  }

  private synchronized void pass(int count) {
    passed += count;
    notifyAll();
  }

  /// Waits until the outcomes that are known now are written, or are dropped because the store will
  /// never take them.
  ///
  /// @return false if the limit passed first
  boolean awaitWritten(Duration limit) throws InterruptedException {
    long wanted = added.get();
    long end = System.nanoTime() + limit.toNanos();
    synchronized (this) {
      for (long left = limit.toNanos(); passed < wanted; left = end - System.nanoTime()) {
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
      }
      return true;
    }
  }

  private void pauseBetweenBatches() throws InterruptedException {
    long left = lastWrite + settings.interval().toNanos() - nanos.getAsLong();
    if (left > 0 && !stopping) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  private List<Attempted> nextBatch() {
    List<Attempted> batch = new ArrayList<>();
    int returned = 0;
    for (Attempted next = queue.poll(); next != null; next = queue.poll()) {
      batch.add(next);
      returned += next.settlement() instanceof Settlement.Returned ? 1 : 0;
      if (batch.size() == settings.batch() || returned == RETURNED_AT_ONCE) {
        break;
      }
    }
    return batch;
  }

  private void write(List<Attempted> batch) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!givingUp) {
      StoreException fault = settle(batch);
      lastWrite = nanos.getAsLong();
      if (fault == null) {
        report.goesOn();
        return;
      }
      if (!fault.isTemporary()) {
        writeRefused(batch, fault);
        return;
      }
      LOG.log(
          Level.WARNING,
          "{0} outcomes wait: the store is {1}; trying again",
          batch.size(),
          fault.kind());
      report.waits("outcomes wait: " + Reasons.of(fault));
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
      pause = doubled(pause);
    }
  }

  private @Nullable StoreException settle(List<Attempted> batch) {
    Set<DeliveryId> lost;
    try {
      lost = store.settle(batch.stream().map(Attempted::settlement).toList(), clock.instant());
    } catch (StoreException e) {
      return e;
    } catch (RuntimeException e) {
      return new StoreException(StoreException.Kind.REFUSED, "settling failed", e);
    }
    tell(batch, lost);
    return null;
  }

  /// The outcomes are written, or will never be: a fault of the listener must not write them again.
  private void tell(List<Attempted> batch, Set<DeliveryId> lost) {
    try {
      written.done(batch, lost);
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR,
          "the listener failed on " + batch.size() + " outcomes that are settled; going on",
          e);
    }
  }

  /// One outcome that the store will not have must not hold up the others, nor be lost for the sake
  /// of what a receiver wrote into its answer.
  private void writeRefused(List<Attempted> batch, StoreException fault)
      throws InterruptedException {
    if (batch.size() > 1) {
      for (Attempted one : batch) {
        write(List.of(one));
      }
      return;
    }
    Attempted one = batch.getFirst();
    Attempted bare = one.withoutTexts();
    if (!bare.equals(one)) {
      write(List.of(bare));
      return;
    }
    LOG.log(
        Level.ERROR,
        "the store refuses the outcome of " + one.settlement().id() + "; its lease will run out",
        fault);
    tell(batch, Set.of());
  }

  private static Duration doubled(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
