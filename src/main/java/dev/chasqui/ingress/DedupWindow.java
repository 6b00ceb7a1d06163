package dev.chasqui.ingress;

import dev.chasqui.journal.Fact.WebhookReceived;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.Journal.Reason;
import dev.chasqui.model.EventId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The bodies that were accepted lately, first in first out. Only verified posts are in it: an
/// invalid signature never reserves a place. What the window has forgotten, the projection's keys
/// decide. Safe for use by many threads.
final class DedupWindow {

  private static final int REFILL_RECORDS = 4_096;
  private static final int REFILL_BYTES = 4 << 20;

  private final ConcurrentMap<BodyKey, FirstPost> underWay = new ConcurrentHashMap<>();
  private final SettledPosts settled;

  DedupWindow(int size) {
    this.settled = new SettledPosts(Math.max(1, size));
  }

  /// Makes a post the first of its body, unless there is one.
  ///
  /// @return the earlier first post, null if the given one is it now
  @Nullable FirstPost enter(BodyKey key, FirstPost post) {
    FirstPost earlier = known(key);
    if (earlier == null) {
      earlier = underWay.putIfAbsent(key, post);
    }
    if (earlier != null) {
      return earlier;
    }
    // The first one may have been settled between the two reads.
    FirstPost meanwhile = known(key);
    if (meanwhile != null) {
      underWay.remove(key, post);
    }
    return meanwhile;
  }

  private @Nullable FirstPost known(BodyKey key) {
    EventId event = settled.find(key);
    return event == null ? null : FirstPost.durable(event);
  }

  /// Says what became of a first post. One that could not be stored leaves no trace: its repeat is
  /// a first one again.
  ///
  /// @param refusal null if it is durable
  void settle(BodyKey key, FirstPost post, @Nullable Reason refusal) {
    if (refusal == null) {
      settled.add(key, post.eventId());
    }
    underWay.remove(key, post);
    post.settle(refusal);
  }

  /// A post took a key first and turned out to be a repeat by another one: the key is the earlier
  /// event's from now on. Who waits for the post meanwhile is told to come again.
  void settleAs(BodyKey key, FirstPost post, EventId earlier) {
    settled.add(key, earlier);
    underWay.remove(key, post);
    post.settle(Reason.OVERLOADED);
  }

  /// Fills the window from the journal's tail.
  void refill(Journal journal, IngressSettings.Dedup dedup) {
    long position = journal.back(dedup.refillBytes());
    while (true) {
      Journal.Batch batch = journal.read(position, REFILL_RECORDS, REFILL_BYTES);
      for (Journal.Entry entry : batch.entries()) {
        if (entry.fact() instanceof WebhookReceived received && isKnownOnArrival(received)) {
          settled.add(BodyKey.of(received.origin(), received.bodySha256()), received.eventId());
          String deliveryId = received.origin().deliveryId();
          if (dedup.byDeliveryId() && deliveryId != null) {
            settled.add(BodyKey.ofDelivery(received.origin(), deliveryId), received.eventId());
          }
        }
      }
      if (batch.entries().isEmpty() || batch.next() == position) {
        return;
      }
      position = batch.next();
    }
  }

  /// Whether posts like this one take a place in the window.
  static boolean isKnownOnArrival(WebhookReceived received) {
    return received.verdicts().processed()
        && !received.verdicts().summary().contents().dashboardTest();
  }
}
