package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.observe.LoopStatus;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Interrupts every loop of a running gateway, though nobody stopped it: it ends the process, or it
/// goes on with its work. There is no dead loop in a living process.
class DeadLoopsIT {

  /// Tasks of a timer: it has no thread of its own to interrupt.
  private static final String TASKS = "delivery-timer";

  /// Those that an interrupt does not end.
  private static final Set<String> LASTING = Set.of("journal-preparer", "journal-writer");

  @TempDir private Path folder;

  @Test
  void aLoopThatNobodyStoppedEndsTheProcessOrGoesOn() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i == 0 || i < names.size(); i++) {
      Supervised supervised = new Supervised(folder.resolve("" + i), Map.of());
      try (Gateway gateway = supervised.start()) {
        if (i == 0) {
          names.addAll(supervised.loops());
          names.remove(TASKS);
        }
        assertEndsOrGoesOn(gateway, supervised, names.get(i));
      }
    }
    assertThat(names).doesNotHaveDuplicates().containsAll(LASTING).hasSizeGreaterThan(16);
  }

  /// The loops that only a shared store has.
  @Test
  void theWatchOverTheSharedStoresLockEndsTheProcess() throws Exception {
    try (StoreKind.Place place = StoreKind.POSTGRESQL.open(folder)) {
      Supervised supervised = new Supervised(folder, place.settings());
      try (Gateway gateway = supervised.start()) {
        assertThat(supervised.loops()).contains("store-lock");
        assertEndsOrGoesOn(gateway, supervised, "store-lock");
      }
    }
  }

  private static void assertEndsOrGoesOn(Gateway gateway, Supervised supervised, String name)
      throws IOException, InterruptedException {
    Thread thread = thread(supervised.group, name);
    thread.interrupt();
    if (LASTING.contains(name)) {
      assertGoesOn(gateway, thread);
      assertThat(supervised.ends).isEmpty();
      return;
    }
    Conditions.until(name + " ends the process", () -> !supervised.ends.isEmpty());
    assertThat(supervised.ends)
        .containsExactly("loop " + name + " ended although nobody stopped it");
    assertThat(states(supervised.supervisor, name)).containsExactly(LoopStatus.State.ENDED);
  }

  private static void assertGoesOn(Gateway gateway, Thread thread)
      throws IOException, InterruptedException {
    Conditions.until("it has met the interrupt", () -> !thread.isInterrupted());
    try (Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      assertThat(caller.webhook(Caller.message("wamid.AFTER", 3)).statusCode()).isEqualTo(200);
    }
    Conditions.until("it waits for work", () -> isWaiting(thread));
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  private static List<LoopStatus.State> states(Supervisor supervisor, String name) {
    return supervisor.loops().stream()
        .filter(it -> it.name().equals(name))
        .map(LoopStatus::state)
        .toList();
  }

  /// A gateway whose threads are known by their group.
  private static final class Supervised {

    final List<String> ends = new CopyOnWriteArrayList<>();
    final Supervisor supervisor = new Supervisor(Clock.systemUTC(), ends::add);
    final ThreadGroup group = new ThreadGroup("gateway");
    private final Path data;
    private final Map<String, String> settings;

    Supervised(Path data, Map<String, String> settings) {
      this.data = data;
      this.settings = settings;
    }

    Gateway start() throws ExecutionException, InterruptedException {
      FutureTask<Gateway> task =
          new FutureTask<>(() -> LocalGateway.start(data, settings, supervisor));
      var _ = Thread.ofPlatform().group(group).start(task);
      return task.get();
    }

    List<String> loops() {
      return supervisor.loops().stream().map(LoopStatus::name).toList();
    }
  }

  private static Thread thread(ThreadGroup group, String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().equals(name) && group.equals(it.getThreadGroup()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no thread " + name));
  }
}
