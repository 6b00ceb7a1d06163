package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTimesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Policy.Retry RETRY =
      new Policy.Retry(List.of(Duration.ofSeconds(10), Duration.ofMinutes(5)), 0.1, true);

  @Test
  void waitsAsTheScheduleSaysAfterEachAttempt() {
    assertThat(RetryTimes.next(RETRY, 1, NOW, 0)).contains(NOW.plusSeconds(10));
    assertThat(RetryTimes.next(RETRY, 2, NOW, 0)).contains(NOW.plusSeconds(300));
  }

  @Test
  void isEmptyWhenTheScheduleIsExhausted() {
    assertThat(RetryTimes.next(RETRY, 3, NOW, 0)).isEmpty();
    assertThat(RetryTimes.next(new Policy.Retry(List.of(), 0, false), 1, NOW, 0)).isEmpty();
  }

  @Test
  void addsItsShareOfJitterAndNoMore() {
    assertThat(RetryTimes.next(RETRY, 1, NOW, 0.5)).contains(NOW.plusMillis(10_500));
    assertThat(RetryTimes.next(RETRY, 1, NOW, 1)).contains(NOW.plusMillis(11_000));
  }

  @Test
  void retryAfterLengthensAWait() {
    Instant scheduled = NOW.plusSeconds(10);
    assertThat(RetryTimes.noEarlier(scheduled, "60", NOW, DAY)).isEqualTo(NOW.plusSeconds(60));
    assertThat(RetryTimes.noEarlier(scheduled, "Sun, 01 Mar 2026 12:02:00 GMT", NOW, DAY))
        .isEqualTo(NOW.plusSeconds(120));
  }

  @Test
  void retryAfterNeverShortensAWait() {
    Instant scheduled = NOW.plusSeconds(10);
    assertThat(RetryTimes.noEarlier(scheduled, "1", NOW, DAY)).isEqualTo(scheduled);
    assertThat(RetryTimes.noEarlier(scheduled, "Sun, 01 Mar 2026 11:00:00 GMT", NOW, DAY))
        .isEqualTo(scheduled);
    assertThat(RetryTimes.noEarlier(scheduled, null, NOW, DAY)).isEqualTo(scheduled);
  }

  @Test
  void retryAfterIsCutToTheLongest() {
    Instant scheduled = NOW.plusSeconds(10);
    assertThat(RetryTimes.noEarlier(scheduled, "999999999", NOW, DAY)).isEqualTo(NOW.plus(DAY));
    assertThat(RetryTimes.noEarlier(scheduled, "Fri, 01 Mar 2030 12:00:00 GMT", NOW, DAY))
        .isEqualTo(NOW.plus(DAY));
  }

  @Test
  void aScheduleLongerThanTheLongestRetryAfterStands() {
    Instant scheduled = NOW.plus(Duration.ofDays(2));
    assertThat(RetryTimes.noEarlier(scheduled, "999999", NOW, DAY)).isEqualTo(scheduled);
  }

  @Test
  void whatRetryAfterCannotBeReadIsPassedOver() {
    for (String header : List.of("", "-5", "soon", "1.5", "99999999999999999999", "٣")) {
      assertThat(RetryAfter.parse(header, NOW)).as(header).isEmpty();
    }
    assertThat(RetryAfter.parse(" 7 ", NOW)).contains(Duration.ofSeconds(7));
  }
}
