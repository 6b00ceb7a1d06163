package dev.chasqui.http.server;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Takes answers to one event loop. Any thread pushes; the one that finds the stack empty wakes the
/// loop, which then takes all that are there: a journal writer that completes a hundred requests at
/// once wakes each loop once. The exchanges are the stack's nodes, so a push allocates nothing.
final class ReplyQueue {

  private final AtomicReference<@Nullable Exchange> top = new AtomicReference<>();
  private final Executor loop;

  ReplyQueue(Executor loop) {
    this.loop = loop;
  }

  void push(Exchange exchange) {
    Exchange below;
    do {
      below = top.get();
      exchange.below = below;
    } while (!top.compareAndSet(below, exchange));
    if (below == null) {
      loop.execute(this::drain);
    }
  }

  private void drain() {
    Exchange next = oldestFirst(top.getAndSet(null));
    while (next != null) {
      Exchange exchange = next;
      next = exchange.below;
      exchange.below = null;
      exchange.write();
    }
  }

  private static @Nullable Exchange oldestFirst(@Nullable Exchange stack) {
    Exchange reversed = null;
    Exchange rest = stack;
    while (rest != null) {
      Exchange below = rest.below;
      rest.below = reversed;
      reversed = rest;
      rest = below;
    }
    return reversed;
  }
}
