package dev.chasqui.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.journal.Journal.Appended;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Blocking appends for tests.
public final class Appends {

  private static final int LIMIT_SECONDS = 60;

  private Appends() {}

  /// Appends and waits for what became of it.
  public static Appended append(Journal journal, Fact fact) {
    BlockingQueue<Appended> results = new LinkedBlockingQueue<>();
    journal.append(fact, results::add);
    return await(results);
  }

  /// Appends, waits, and gives the position, which there must be.
  public static long durable(Journal journal, Fact fact) {
    Appended result = append(journal, fact);
    assertThat(result).isInstanceOf(Appended.Durable.class);
    return ((Appended.Durable) result).position();
  }

  /// The next result.
  public static Appended await(BlockingQueue<Appended> results) {
    try {
      Appended result = results.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(result).as("the append's result").isNotNull();
      return result;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
