package dev.chasqui.sim.graph;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// How the platform reacts to messages: by recipient, and to everybody else. Changes count from the
/// next request on. Recipients are phone numbers in digits, or business-scoped user ids. Safe for
/// use by many threads.
public final class Conduct {

  private final Map<String, Queue<Reaction>> once = new HashMap<>();
  private final Map<String, Reaction> always = new HashMap<>();
  private Reaction usual = Reaction.SILENT;

  Conduct() {}

  /// To everybody for whom nothing else was said.
  public synchronized Conduct usually(Reaction reaction) {
    usual = reaction;
    return this;
  }

  /// To this recipient, whenever nothing is left of [#next].
  public synchronized Conduct always(String recipient, Reaction reaction) {
    always.put(recipient, reaction);
    return this;
  }

  /// To this recipient's next messages, one after the other.
  public synchronized Conduct next(String recipient, Reaction... reactions) {
    Collections.addAll(queue(recipient), reactions);
    return this;
  }

  /// The same to this recipient's next messages.
  public synchronized Conduct next(String recipient, int times, Reaction reaction) {
    queue(recipient).addAll(Collections.nCopies(times, reaction));
    return this;
  }

  /// Forgets all but [#usually].
  public synchronized Conduct forget() {
    once.clear();
    always.clear();
    return this;
  }

  synchronized Reaction to(String recipient) {
    Reaction next = once.getOrDefault(recipient, new ArrayDeque<>(List.of())).poll();
    return next == null ? always.getOrDefault(recipient, usual) : next;
  }

  private Queue<Reaction> queue(String recipient) {
    return once.computeIfAbsent(recipient, _ -> new ArrayDeque<>());
  }
}
