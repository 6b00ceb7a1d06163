package dev.chasqui.operations;

import dev.chasqui.model.Summary;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.StoreException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The memory that answers may take while they are made, all together. An answer that needs more
/// than is free waits a moment and is then told to come again, so that no number of readers takes
/// the memory that webhooks and deliveries need. One that needs more than there is at all is made
/// alone.
public final class ReadMemory {

  /// What a page of deliveries takes while it is made, about: a megabyte of texts, read and
  /// written.
  public static final int PAGE_BYTES = 4 << 20;

  private static final Duration MAX_WAIT = Duration.ofSeconds(5);
  private static final int UNIT_BYTES = 1 << 10;

  /// A webhook is read from the journal, checked, and decoded.
  private static final int COPIES = 3;

  /// What explaining an item takes, about.
  private static final int BYTES_OF_AN_ITEM = 1_500;

  private final int units;
  private final long largestBody;
  private final Semaphore free;

  /// @param bytes all together
  /// @param largestBody the largest webhook that is taken in
  public ReadMemory(long bytes, long largestBody) {
    this.units = Math.toIntExact(Math.max(1, bytes / UNIT_BYTES));
    this.largestBody = largestBody;
    this.free = new Semaphore(units, true);
  }

  /// Takes, until the answer of a call is written, what reading the bytes of an event needs. A call
  /// takes memory once.
  public void takeForEvent(Invocation call, EventRow event) throws InterruptedException {
    take(call, ofEvent(event));
  }

  /// Takes about so many bytes until the answer of a call is written. A call takes memory once.
  public void take(Invocation call, long bytes) throws InterruptedException {
    int wanted = take(bytes);
    call.atEnd(() -> free.release(wanted));
  }

  private long ofEvent(EventRow event) {
    Summary summary = event.summary();
    long items = (long) summary.messageCount() + summary.statusCount() + summary.changeCount();
    return COPIES * largestBody + items * BYTES_OF_AN_ITEM;
  }

  private int take(long bytes) throws InterruptedException {
    int wanted = Math.toIntExact(Math.clamp(bytes / UNIT_BYTES, 1, units));
    if (!free.tryAcquire(wanted, MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new StoreException(
          StoreException.Kind.BUSY,
          "too many large answers are being made",
          new IllegalStateException("no memory for a large answer"));
    }
    return wanted;
  }
}
