package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.projection.Progress.Loop;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private final Progress progress = new Progress();

  @Test
  void aTroubleWithWritingLastsUntilSomethingIsWritten() {
    progress.trouble(Loop.WRITING, "store gone", AT);
    progress.well();
    assertThat(progress.snapshot().trouble())
        .isEqualTo(new ProjectionHealth.Trouble("store gone", AT));

    progress.moveTo(8, 1, 0);

    assertThat(progress.snapshot().trouble()).isNull();
  }

  @Test
  void aTroubleWithProjectingLastsUntilItGoesOn() {
    progress.trouble(Loop.PROJECTING, "journal gone", AT);
    progress.moveTo(8, 1, 0);
    progress.trouble(Loop.PROJECTING, "journal gone", AT.plusSeconds(5));
    assertThat(progress.snapshot().trouble())
        .as("since it began")
        .isEqualTo(new ProjectionHealth.Trouble("journal gone", AT));

    progress.well();

    assertThat(progress.snapshot().trouble()).isNull();
  }

  @Test
  void whatIsBeingProjectedWaitsUntilItIsLeftToBeWritten() {
    progress.begin(AT);
    progress.moveTo(8, 1, 0);
    assertThat(progress.snapshot().projectingSince()).isEqualTo(AT);

    progress.well();

    assertThat(progress.snapshot().projectingSince()).isNull();
  }
}
