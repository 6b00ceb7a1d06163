package dev.chasqui.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.testkit.Conditions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final Supervisor supervisor = new Supervisor(Clock.systemUTC(), ends::add);

  @Test
  void anExceptionIsLoggedAndTheLoopIsRunAgain() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch stop = new CountDownLatch(1);
    SupervisedLoop loop =
        supervisor.loop(
            "one",
            _ -> {
              if (runs.incrementAndGet() < 3) {
                throw new IllegalStateException("a bug");
              }
              stop.await();
            });
    loop.start();
    Conditions.until("it runs for the third time", () -> runs.get() == 3);
    Conditions.until("it is well again", () -> loop.status().state() == LoopStatus.State.RUNNING);
    loop.expectEnd();
    stop.countDown();
    assertThat(loop.awaitEnd(LIMIT)).isTrue();
    assertThat(loop.status().state()).isEqualTo(LoopStatus.State.ENDED);
    assertThat(ends).isEmpty();
  }

  @Test
  void aLoopThatWaitsSaysSinceWhenAndWhere() {
    SupervisedLoop loop =
        supervisor.loop(
            "two",
            _ -> {
              throw new IllegalStateException("+15550001111");
            });
    loop.start();
    Conditions.until("it waits", () -> loop.status().state() == LoopStatus.State.WAITING);
    assertThat(supervisor.loops().getFirst().reason())
        .startsWith("IllegalStateException at SupervisorTest.java:")
        .doesNotContain("1555");
    loop.expectEnd();
  }

  @Test
  void anErrorEndsTheProcess() {
    supervisor
        .loop(
            "three",
            _ -> {
              throw new StackOverflowError();
            })
        .start();
    Conditions.until("the process ends", () -> ends.size() == 1);
    assertThat(ends.getFirst()).startsWith("loop three ended with StackOverflowError");
  }

  @Test
  void anEndThatNobodyAskedForEndsTheProcess() {
    supervisor.loop("four", _ -> {}).start();
    Conditions.until("the process ends", () -> ends.size() == 1);
    assertThat(ends.getFirst()).isEqualTo("loop four ended although nobody stopped it");
  }

  @Test
  void aLoopThatTriesAgainByItselfTellsWhy() throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    SupervisedLoop loop =
        supervisor.loop(
            "five",
            report -> {
              report.waits("the store is gone");
              stop.await();
            });
    loop.start();
    Conditions.until("it waits", () -> loop.status().state() == LoopStatus.State.WAITING);
    assertThat(loop.status().reason()).isEqualTo("the store is gone");
    loop.goesOn();
    assertThat(loop.status().reason()).isNull();
    loop.expectEnd();
    stop.countDown();
    assertThat(loop.awaitEnd(LIMIT)).isTrue();
  }

  @Test
  void anErrorOfATaskEndsTheProcess() {
    SupervisedTasks tasks = supervisor.tasks("six");
    tasks.run(
        () -> {
          throw new IllegalStateException("a bug");
        });
    assertThat(tasks.status().state()).isEqualTo(LoopStatus.State.WAITING);
    assertThat(ends).isEmpty();
    tasks.run(
        () -> {
          throw new StackOverflowError();
        });
    assertThat(tasks.status().state()).isEqualTo(LoopStatus.State.ENDED);
    assertThat(ends).hasSize(1);
    assertThat(ends.getFirst()).startsWith("a task of six ended with StackOverflowError");
  }

  @Test
  void theProcessEndsWithCode70AndALine(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DeadLoop.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(70);
    assertThat(Files.readString(log))
        .containsOnlyOnce("loop seven ended with StackOverflowError")
        .contains("the process ends with exit code 70, start it again");
  }

  /// A process with a loop that dies, and would otherwise stay.
  static final class DeadLoop {

    private DeadLoop() {}

    public static void main(String[] args) throws InterruptedException {
      Supervisor.ofProcess()
          .loop(
              "seven",
              _ -> {
                throw new StackOverflowError();
              })
          .start();
      new CountDownLatch(1).await();
    }
  }
}
