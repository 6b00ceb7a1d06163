package dev.chasqui.observe;

import java.time.Clock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Short tasks that a timer or a pool runs, where an executor would swallow what they throw. An
/// exception is logged and the next task goes on; an error is told to the supervisor.
///
/// Its monitor guards the status.
public final class SupervisedTasks {

  private static final System.Logger LOG = System.getLogger(SupervisedTasks.class.getName());

  private final String name;
  private final Clock clock;
  private final BiConsumer<String, Throwable> fatal;
  private LoopStatus status;

  SupervisedTasks(String name, Clock clock, BiConsumer<String, Throwable> fatal) {
    this.name = name;
    this.clock = clock;
    this.fatal = fatal;
    this.status = new LoopStatus(name, LoopStatus.State.RUNNING, clock.instant(), null);
  }

  /// Runs a task. An exception is logged and shown in the status, and does not leave this call.
  public void run(Runnable task) {
    try {
      task.run();
      become(LoopStatus.State.RUNNING, null);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a task of " + name + " failed; the next goes on", e);
      become(LoopStatus.State.WAITING, e);
    } catch (Error e) {
      become(LoopStatus.State.ENDED, e);
      fatal.accept("a task of " + name + " ended with " + FaultWords.words(e), e);
    }
  }

  private synchronized void become(LoopStatus.State state, @Nullable Throwable why) {
    if (status.state() != state) {
      status =
          new LoopStatus(name, state, clock.instant(), why == null ? null : FaultWords.words(why));
    }
  }

  synchronized LoopStatus status() {
    return status;
  }
}
