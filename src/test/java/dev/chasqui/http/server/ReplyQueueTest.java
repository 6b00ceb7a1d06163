package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplyQueueTest {

  private final List<Integer> written = new ArrayList<>();
  private final List<Runnable> woken = new ArrayList<>();

  @Test
  void wakesTheLoopOnceForManyAnswersAndKeepsTheirOrder() {
    ReplyQueue queue = new ReplyQueue(woken::add);
    for (int i = 0; i < 100; i++) {
      queue.push(new Numbered(i));
    }
    assertThat(woken).hasSize(1);
    woken.getFirst().run();

    assertThat(written).containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void wakesTheLoopAgainAfterwards() {
    ReplyQueue queue = new ReplyQueue(woken::add);
    queue.push(new Numbered(1));
    woken.getFirst().run();
    queue.push(new Numbered(2));
    woken.getLast().run();

    assertThat(woken).hasSize(2);
    assertThat(written).containsExactly(1, 2);
  }

  @Test
  void losesNoneOfManyThreadsAnswers() throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    ExecutorService loop = Executors.newSingleThreadExecutor();
    ReplyQueue queue = new ReplyQueue(loop);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10_000; i++) {
        threads.execute(() -> queue.push(new Counted(sum)));
      }
    }
    loop.shutdown();

    assertThat(loop.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(sum).hasValue(10_000);
  }

  private final class Numbered extends Counted {
    private final int number;

    Numbered(int number) {
      super(new AtomicInteger());
      this.number = number;
    }

    @Override
    public void write() {
      written.add(number);
    }
  }

  private static class Counted implements ReplyQueue.Node {
    private final AtomicInteger sum;
    private ReplyQueue.@Nullable Node below;

    Counted(AtomicInteger sum) {
      this.sum = sum;
    }

    @Override
    public ReplyQueue.@Nullable Node below() {
      return below;
    }

    @Override
    public void setBelow(ReplyQueue.@Nullable Node node) {
      below = node;
    }

    @Override
    public void write() {
      sum.incrementAndGet();
    }
  }
}
