package dev.chasqui.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {

  @Test
  void isEmptyAtFirst() {
    assertThat(new Histogram().percentileNanos(0.99)).isZero();
  }

  @Test
  void percentilesAreCloseToTheTruth() {
    Histogram histogram = new Histogram();
    for (int i = 1; i <= 100_000; i++) {
      histogram.record(i * 1_000L);
    }
    Percentage bucket = Percentage.withPercentage(0.2);
    assertThat(histogram.percentileNanos(0.5)).isCloseTo(50_000_000L, bucket);
    assertThat(histogram.percentileNanos(0.99)).isCloseTo(99_000_000L, bucket);
    assertThat(histogram.percentileNanos(0.999)).isCloseTo(99_900_000L, bucket);
    assertThat(histogram.percentileNanos(1)).isEqualTo(100_000_000L);
  }

  @Test
  void smallNumbersAreExact() {
    Histogram histogram = new Histogram();
    histogram.record(3);
    histogram.record(60);
    assertThat(histogram.percentileNanos(0.5)).isEqualTo(3);
    assertThat(histogram.percentileNanos(1)).isEqualTo(60);
  }

  @Test
  void addsAnothersRecords() {
    Histogram one = new Histogram();
    one.record(1);
    Histogram other = new Histogram();
    other.record(3);
    other.record(60);
    one.add(other);
    assertThat(one.total()).isEqualTo(3);
    assertThat(one.maxNanos()).isEqualTo(60);
    assertThat(one.percentileNanos(0.5)).isEqualTo(3);
  }

  @Test
  void neverSaysMoreThanTheLongest() {
    Histogram histogram = new Histogram();
    histogram.record(1_000_001);
    assertThat(histogram.percentileNanos(0.99)).isEqualTo(1_000_001);
    assertThat(histogram.maxNanos()).isCloseTo(1_000_001, within(0L));
  }

  @Test
  void takesTheLongestAndNegativeOnesAsNothing() {
    Histogram histogram = new Histogram();
    histogram.record(Long.MAX_VALUE);
    histogram.record(-5);
    assertThat(histogram.total()).isEqualTo(2);
    assertThat(histogram.percentileNanos(0.5)).isZero();
  }
}
