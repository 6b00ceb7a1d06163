package dev.chasqui.observe;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Starts every loop of the process under a name and watches it, since a dead loop in a living
/// process must never go unnoticed. A fault that a loop cannot survive (an [Error], an end that was
/// not asked for) ends the process with [#EXIT_CODE], after one line that says why.
public final class Supervisor {

  /// The exit code of a process with a dead loop or a broken invariant (`EX_SOFTWARE`).
  public static final int EXIT_CODE = 70;

  private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());

  private final Clock clock;
  private final Consumer<String> ending;
  private final List<Supplier<LoopStatus>> statuses = new CopyOnWriteArrayList<>();
  private final AtomicBoolean hasEnded = new AtomicBoolean();

  /// @param ending ends the process; told why
  public Supervisor(Clock clock, Consumer<String> ending) {
    this.clock = clock;
    this.ending = ending;
  }

  /// A supervisor that halts the process on a fault that a loop cannot survive.
  public static Supervisor ofProcess() {
    return new Supervisor(Clock.systemUTC(), _ -> Runtime.getRuntime().halt(EXIT_CODE));
  }

  /// A loop of a name; not started yet.
  public SupervisedLoop loop(String name, SupervisedLoop.Body body) {
    SupervisedLoop loop = new SupervisedLoop(name, body, clock, this::fatal);
    statuses.add(loop::status);
    return loop;
  }

  /// A runner for the tasks of a timer or a pool, watched under a name.
  public SupervisedTasks tasks(String name) {
    SupervisedTasks tasks = new SupervisedTasks(name, clock, this::fatal);
    statuses.add(tasks::status);
    return tasks;
  }

  /// Ends the process: something is true that must never be. Returns only in tests.
  public void fatal(String why, @Nullable Throwable cause) {
    if (!hasEnded.compareAndSet(false, true)) {
      return;
    }
    LOG.log(
        System.Logger.Level.ERROR,
        why + "; the process ends with exit code " + EXIT_CODE + ", start it again",
        cause);
    ending.accept(why);
  }

  /// How all loops are, in the order in which they were made.
  public List<LoopStatus> loops() {
    return statuses.stream().map(Supplier::get).toList();
  }
}
