package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatermarkTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Watermark mark = new Watermark(5);

  @Test
  void aWaiterThatIsInterruptedIsCountedNoLonger() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> mark.awaitBeyond(5, LONG)).isInstanceOf(InterruptedException.class);
    assertThat(mark.waiters()).isZero();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aWaiterWhoseTimeIsOverIsCountedNoLonger() throws InterruptedException {
    assertThat(mark.awaitBeyond(5, Duration.ZERO)).isFalse();
    assertThat(mark.waiters()).isZero();
  }
}
