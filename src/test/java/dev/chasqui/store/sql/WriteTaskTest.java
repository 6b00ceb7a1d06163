package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.store.StoreException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a caller may believe of a write that it waits for no longer.
class WriteTaskTest {

  private static final Duration SHORT = Duration.ofMillis(1);

  private final WriteTask<Integer> task = new WriteTask<>(_ -> 7, false);

  @AfterEach
  void clearInterrupt() {
    var _ = Thread.interrupted();
  }

  private static void fails(StoreException.Kind kind, ThrowingCallable waiting) {
    assertThatThrownBy(waiting)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void whatIsToldAsBusyIsNeverDone() {
    fails(StoreException.Kind.BUSY, () -> task.await(SHORT));
    assertThat(task.begin()).as("the writer passes it over").isFalse();
  }

  @Test
  void whatACallerThatIsInterruptedGivesUpIsNeverDone() {
    Thread.currentThread().interrupt();
    fails(StoreException.Kind.BUSY, () -> task.await(Duration.ofSeconds(60)));
    assertThat(task.begin()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void ofWhatHasBegunNobodyKnows() {
    assertThat(task.begin()).isTrue();
    fails(StoreException.Kind.GONE, () -> task.await(SHORT));
  }
}
