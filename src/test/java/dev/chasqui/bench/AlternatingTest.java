package dev.chasqui.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlternatingTest {

  @Test
  void runsTheLoadsInTurns() throws Exception {
    List<String> order = new ArrayList<>();
    var _ =
        Alternating.of(
            2,
            () -> {
              order.add("without");
              return of(1_000_000);
            },
            () -> {
              order.add("with");
              return of(2_000_000);
            });
    assertThat(order).containsExactly("without", "with", "without", "with");
  }

  @Test
  void comparesTheTwo() throws Exception {
    Alternating both = Alternating.of(3, () -> of(4_000_000), () -> of(6_000_000));
    assertThat(both.withoutMillis()).isCloseTo(4, within(0.1));
    assertThat(both.withMillis()).isCloseTo(6, within(0.1));
    assertThat(both.ratio()).isCloseTo(1.5, within(0.05));
    assertThat(both.noise()).isCloseTo(1, within(0.001));
  }

  @Test
  void noiseIsWhatTheSameLoadDiffersByFromRoundToRound() throws Exception {
    long[] rounds = {4_000_000, 8_000_000, 4_000_000, 8_000_000};
    int[] next = {0};
    Alternating both = Alternating.of(4, () -> of(rounds[next[0]++]), () -> of(4_000_000));
    assertThat(both.noise()).isCloseTo(2, within(0.05));
  }

  private static Histogram of(long nanos) {
    Histogram histogram = new Histogram();
    histogram.record(nanos);
    return histogram;
  }
}
