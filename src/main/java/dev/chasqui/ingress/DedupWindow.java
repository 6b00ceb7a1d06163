package dev.chasqui.ingress;

import dev.chasqui.journal.Fact.WebhookReceived;
import dev.chasqui.journal.Journal;
import dev.chasqui.model.Bytes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The bodies that were accepted lately, first in first out. Only verified posts are in it: an
/// invalid signature never reserves a place. What the window has forgotten, the projection's keys
/// decide. Safe for use by many threads.
final class DedupWindow {

  private static final int REFILL_RECORDS = 4_096;
  private static final int REFILL_BYTES = 4 << 20;

  private final ConcurrentMap<BodyKey, FirstPost> posts = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<@Nullable BodyKey> order;
  private final AtomicLong next = new AtomicLong();

  DedupWindow(int size) {
    this.order = new AtomicReferenceArray<>(Math.max(1, size));
  }

  /// Makes a post the first of its body, unless there is one.
  ///
  /// @return the earlier first post, null if the given one is it now
  @Nullable FirstPost enter(BodyKey key, FirstPost post) {
    FirstPost earlier = posts.putIfAbsent(key, post);
    if (earlier == null) {
      int place = (int) (next.getAndIncrement() % order.length());
      BodyKey oldest = order.getAndSet(place, key);
      if (oldest != null && !oldest.equals(key)) {
        posts.remove(oldest);
      }
    }
    return earlier;
  }

  /// Takes a post out that could not be stored: its repeat is a first one again.
  void leave(BodyKey key, FirstPost post) {
    posts.remove(key, post);
  }

  /// Fills the window from the journal's tail.
  ///
  /// @param bytes how much of the tail is read
  void refill(Journal journal, long bytes) {
    long position = journal.back(bytes);
    while (true) {
      Journal.Batch batch = journal.read(position, REFILL_RECORDS, REFILL_BYTES);
      for (Journal.Entry entry : batch.entries()) {
        if (entry.fact() instanceof WebhookReceived received && isKnownAtTheDoor(received)) {
          BodyKey key = BodyKey.of(received.door(), copied(received));
          enter(key, FirstPost.durable(received.eventId()));
        }
      }
      if (batch.entries().isEmpty() || batch.next() == position) {
        return;
      }
      position = batch.next();
    }
  }

  /// Whether posts like this one take a place in the window.
  static boolean isKnownAtTheDoor(WebhookReceived received) {
    return received.verdicts().processed()
        && !received.verdicts().summary().contents().dashboardTest();
  }

  /// A hash of its own, so that the window does not hold the batch it was read from.
  private static Bytes copied(WebhookReceived received) {
    return Bytes.of(received.bodySha256().toArray());
  }
}
