package dev.chasqui.http.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Gives prepared answers in turn, the last one for ever.
final class FakeResolver implements Resolver {

  final AtomicInteger questions = new AtomicInteger();
  final List<String> names = new CopyOnWriteArrayList<>();
  private final Queue<Resolution> answers;

  FakeResolver(Resolution... answers) {
    this.answers = new ArrayDeque<>(List.of(answers));
  }

  @Override
  public synchronized Resolution resolve(String name, Duration limit) {
    questions.incrementAndGet();
    names.add(name);
    return answers.size() > 1 ? answers.remove() : answers.element();
  }

  @Override
  public void close() {}
}
