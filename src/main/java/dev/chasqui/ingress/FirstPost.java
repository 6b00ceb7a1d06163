package dev.chasqui.ingress;

import dev.chasqui.journal.Journal.Reason;
import dev.chasqui.model.EventId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first of several identical posts: the others wait for what becomes of it. Guarded by its own
/// monitor; waiters are told outside of it.
final class FirstPost {

  private final EventId eventId;
  private @Nullable List<Waiter> waiters = new ArrayList<>(0);
  private @Nullable Reason refusal;

  FirstPost(EventId eventId) {
    this.eventId = eventId;
  }

  /// A post whose event is on disk already, so that identical posts do not wait.
  static FirstPost durable(EventId eventId) {
    FirstPost post = new FirstPost(eventId);
    post.waiters = null;
    return post;
  }

  EventId eventId() {
    return eventId;
  }

  /// Tells the waiter now, if it is known what became of the post, or as soon as it is.
  void whenSettled(Waiter waiter) {
    synchronized (this) {
      if (waiters != null) {
        waiters.add(waiter);
        return;
      }
    }
    waiter.settled(refusal);
  }

  /// Tells all waiters what became of the post.
  ///
  /// @param reason why it was refused, null if it is durable
  void settle(@Nullable Reason reason) {
    List<Waiter> told;
    synchronized (this) {
      told = waiters == null ? List.of() : waiters;
      refusal = reason;
      waiters = null;
    }
    told.forEach(waiter -> waiter.settled(reason));
  }

  /// Somebody who waits.
  @FunctionalInterface
  interface Waiter {
    /// @param refusal why the first post was refused, null if it is durable
    void settled(@Nullable Reason refusal);
  }
}
