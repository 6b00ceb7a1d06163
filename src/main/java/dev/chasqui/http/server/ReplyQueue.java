package dev.chasqui.http.server;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Takes answers to one event loop. Any thread pushes; the one that finds the stack empty wakes the
/// loop, which then takes all that are there: a journal writer that completes a hundred requests at
/// once wakes each loop once. What is pushed is the stack's node itself, so a push allocates
/// nothing.
final class ReplyQueue {

  private final AtomicReference<@Nullable Node> top = new AtomicReference<>();
  private final Executor loop;

  ReplyQueue(Executor loop) {
    this.loop = loop;
  }

  /// Pushed once at most.
  interface Node {

    /// The node that was pushed before this one, null if this was the first since the last drain.
    @Nullable Node below();

    void setBelow(@Nullable Node below);

    /// Called on the loop, in the order in which nodes were pushed.
    void write();
  }

  void push(Node node) {
    Node below;
    do {
      below = top.get();
      node.setBelow(below);
    } while (!top.compareAndSet(below, node));
    if (below == null) {
      loop.execute(this::drain);
    }
  }

  private void drain() {
    Node next = oldestFirst(top.getAndSet(null));
    while (next != null) {
      Node node = next;
      next = node.below();
      node.setBelow(null);
      node.write();
    }
  }

  private static @Nullable Node oldestFirst(@Nullable Node stack) {
    Node reversed = null;
    Node rest = stack;
    while (rest != null) {
      Node below = rest.below();
      rest.setBelow(reversed);
      reversed = rest;
      rest = below;
    }
    return reversed;
  }
}
