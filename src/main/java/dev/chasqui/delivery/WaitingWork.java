package dev.chasqui.delivery;

import dev.chasqui.model.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of one endpoint waits in memory, in the order in which it goes: by priority, and within a
/// priority live traffic before what was claimed from the store. So that nothing waits for ever,
/// every tenth is the one whose event is the oldest, whatever its priority: what waits is passed by
/// nine for each that is older than itself, and by no more. Guarded by the lock of its
/// [DispatchState].
final class WaitingWork {

  static final int OLDEST_EVERY = 10;

  private static final int QUEUES = 2 * Priority.values().length;

  // Made when first used: most endpoints need one or two.
  private final @Nullable ArrayDeque<Work>[] queues = newQueues();
  private int size;
  private int untilOldest = OLDEST_EVERY - 1;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static @Nullable ArrayDeque<Work>[] newQueues() {
    return new ArrayDeque[QUEUES];
  }

  private static int index(Work work) {
    return 2 * work.priority().code() + (work.isLive() ? 0 : 1);
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(Work work) {
    int index = index(work);
    ArrayDeque<Work> queue = queues[index];
    if (queue == null) {
      queue = new ArrayDeque<>();
      queues[index] = queue;
    }
    queue.add(work);
    size++;
  }

  /// True if a message waits, new or due again.
  boolean hasMessage() {
    return holds(0) || holds(1);
  }

  /// Takes the next; there is one.
  Work remove() {
    boolean oldestIsDue = untilOldest == 0;
    untilOldest = oldestIsDue ? OLDEST_EVERY - 1 : untilOldest - 1;
    return remove(oldestIsDue ? oldest() : first());
  }

  /// Takes the next message; there is one.
  Work removeMessage() {
    return remove(first());
  }

  private Work remove(int index) {
    ArrayDeque<Work> queue = queues[index];
    if (queue == null) {
      throw new IllegalStateException("nothing waits");
    }
    size--;
    return queue.remove();
  }

  private int first() {
    int index = 0;
    while (index < QUEUES - 1 && !holds(index)) {
      index++;
    }
    return index;
  }

  private int oldest() {
    int oldest = first();
    for (int i = oldest + 1; i < QUEUES; i++) {
      if (holds(i) && isOlder(i, oldest)) {
        oldest = i;
      }
    }
    return oldest;
  }

  private boolean isOlder(int index, int than) {
    ArrayDeque<Work> queue = queues[index];
    ArrayDeque<Work> other = queues[than];
    return queue != null
        && other != null
        && queue.element().event().compareTo(other.element().event()) < 0;
  }

  private boolean holds(int index) {
    ArrayDeque<Work> queue = queues[index];
    return queue != null && !queue.isEmpty();
  }

  /// Removes all work and returns it.
  List<Work> clear() {
    List<Work> all = new ArrayList<>(size);
    for (ArrayDeque<Work> queue : queues) {
      if (queue != null) {
        all.addAll(queue);
        queue.clear();
      }
    }
    size = 0;
    return all;
  }
}
