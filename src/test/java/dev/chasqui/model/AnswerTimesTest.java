package dev.chasqui.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class AnswerTimesTest {

  @Test
  void quantilesOfEvenlySpreadTimesAreRight() {
    AnswerTimes times = new AnswerTimes();
    for (int millis = 1; millis <= 1_000; millis++) {
      times.add(AnswerTimes.bucket(Duration.ofMillis(millis)), 1);
    }
    assertThat(times.count()).isEqualTo(1_000);
    assertThat(times.quantile(0.5)).isCloseTo(500, Percentage.withPercentage(5));
    assertThat(times.quantile(0.95)).isCloseTo(950, Percentage.withPercentage(5));
    assertThat(times.quantile(0.99)).isCloseTo(990, Percentage.withPercentage(5));
  }

  @Test
  void oneTimeIsToldToAFifth() {
    for (int millis : new int[] {2, 3, 10, 77, 500, 1_234, 30_000, 600_000}) {
      AnswerTimes times = new AnswerTimes();
      times.add(AnswerTimes.bucket(Duration.ofMillis(millis)), 1);
      assertThat(times.quantile(0.5)).isCloseTo(millis, within((long) (millis * 0.2) + 1));
    }
  }

  @Test
  void whatIsShorterOrLongerThanAllBucketsIsInTheFirstOrTheLast() {
    assertThat(AnswerTimes.bucket(Duration.ZERO)).isZero();
    assertThat(AnswerTimes.bucket(Duration.ofMillis(1))).isZero();
    assertThat(AnswerTimes.bucket(Duration.ofDays(9))).isEqualTo(AnswerTimes.BUCKETS - 1);
    AnswerTimes times = new AnswerTimes();
    assertThat(times.quantile(0.5)).isZero();
    times.add(99, 1);
    times.add(-1, 1);
    assertThat(times.count()).isEqualTo(2);
  }
}
