package dev.chasqui.api.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.server.Header;
import dev.chasqui.testkit.MovedClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Windows on a moved clock.
class RateLimitsTest {

  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final MovedClock clock = new MovedClock();
  private final RateLimits limits = new RateLimits(Map.of(RateBucket.TEXT, 2), WINDOW, clock);
  private final long start = clock.instant().getEpochSecond();

  @Test
  void withoutALimitNothingIsCountedAndNothingSaid() {
    for (int i = 0; i < 100; i++) {
      assertThat(limits.take("1", RateBucket.GENERAL))
          .isEqualTo(new RateLimits.Taken(false, List.of()));
    }
  }

  @Test
  void aWindowHoldsItsCallsAndTheNextOneHoldsThemAgain() {
    assertThat(told(limits.take("1", RateBucket.TEXT)))
        .isEqualTo("false text 2 1 " + (start + 60) + " -");
    assertThat(told(limits.take("1", RateBucket.TEXT)))
        .isEqualTo("false text 2 0 " + (start + 60) + " -");
    clock.move(Duration.ofMillis(20_500));
    assertThat(told(limits.take("1", RateBucket.TEXT)))
        .isEqualTo("true text 2 0 " + (start + 60) + " 40");
    clock.move(Duration.ofMillis(39_499));
    assertThat(limits.take("1", RateBucket.TEXT).isOver()).isTrue();
    clock.move(Duration.ofMillis(1));
    assertThat(told(limits.take("1", RateBucket.TEXT)))
        .isEqualTo("false text 2 1 " + (start + 120) + " -");
  }

  @Test
  void eachNumberHasItsOwn() {
    for (int i = 0; i < 3; i++) {
      limits.take("1", RateBucket.TEXT);
    }
    assertThat(limits.take("1", RateBucket.TEXT).isOver()).isTrue();
    assertThat(limits.take("2", RateBucket.TEXT).isOver()).isFalse();
  }

  private static String told(RateLimits.Taken taken) {
    return taken.isOver()
        + " "
        + header(taken, "X-Ratelimit-Bucket")
        + " "
        + header(taken, "X-Ratelimit-Limit")
        + " "
        + header(taken, "X-Ratelimit-Remaining")
        + " "
        + header(taken, "X-Ratelimit-Reset")
        + " "
        + header(taken, "Retry-After");
  }

  private static String header(RateLimits.Taken taken, String name) {
    return taken.headers().stream()
        .filter(it -> it.name().equals(name))
        .map(Header::value)
        .findFirst()
        .orElse("-");
  }
}
