package dev.chasqui.delivery;

import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A thread of its own for a loop that calls the store: a platform thread, since a database's
/// native code would hold on to a carrier.
final class Loop {

  private final String name;
  private final SupervisedLoop.Body body;
  private volatile @Nullable SupervisedLoop running;

  Loop(String name, SupervisedLoop.Body body) {
    this.name = name;
    this.body = body;
  }

  void start(Supervisor supervisor) {
    SupervisedLoop loop = supervisor.loop(name, body);
    running = loop;
    loop.start();
  }

  /// Says that an end is expected. Called before the body is told to end.
  void expectEnd() {
    SupervisedLoop loop = running;
    if (loop != null) {
      loop.expectEnd();
    }
  }

  /// Waits for its end; returns at once if it never began.
  ///
  /// @return false if the limit passed first
  boolean awaitEnd(Duration limit) throws InterruptedException {
    SupervisedLoop loop = running;
    return loop == null || loop.awaitEnd(limit);
  }
}
