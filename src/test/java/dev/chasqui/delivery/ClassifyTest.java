package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Policy;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifyTest {

  private static final Policy STANDARD = policy("2xx", "4xx,!408,!425,!429", Set.of(410), true);
  private static final Policy META = policy("200", "", Set.of(), false);

  @ParameterizedTest
  @CsvSource({
    "200, delivered",
    "204, delivered",
    "301, status",
    "400, cancelled",
    "404, cancelled",
    "408, status",
    "410, disabled",
    "425, status",
    "429, status",
    "500, status",
    "503, status"
  })
  void standardStatuses(int status, String word) {
    assertThat(verdict(status, STANDARD).outcomeWord().wire()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({"200, delivered", "204, status", "302, status", "404, status", "410, status"})
  void metaStatuses(int status, String word) {
    assertThat(verdict(status, META).outcomeWord().wire()).isEqualTo(word);
  }

  @Test
  void retryAfterIsHonouredOnlyIfThePolicySaysSo() {
    SendResult busy = new SendResult.Answered(503, "30", Bytes.EMPTY, Duration.ZERO);
    assertThat(Classify.verdict(busy, STANDARD))
        .isEqualTo(new Verdict.Retry(Outcome.STATUS, "status 503", "30"));
    assertThat(Classify.verdict(busy, META))
        .isEqualTo(new Verdict.Retry(Outcome.STATUS, "status 503", null));
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void everyFailureKeepsItsWord(Failure failure) {
    Verdict verdict =
        Classify.verdict(new SendResult.Failed(failure, "x", Duration.ZERO), STANDARD);
    assertThat(verdict.outcomeWord().wire()).isEqualTo(failure.wire());
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void everyFailureButOurOwnBoundsIsRetried(Failure failure) {
    boolean ours = failure == Failure.CLOSED || failure == Failure.HOST_BUSY;
    Verdict verdict = Classify.verdict(new SendResult.Failed(failure, "x", Duration.ZERO), META);
    assertThat(verdict).isInstanceOf(ours ? Verdict.NotTried.class : Verdict.Retry.class);
  }

  private static Verdict verdict(int status, Policy policy) {
    return Classify.verdict(
        new SendResult.Answered(status, null, Bytes.EMPTY, Duration.ZERO), policy);
  }

  private static Policy policy(
      String success, String cancelOn, Set<Integer> disableOn, boolean honoursRetryAfter) {
    return new Policy(
        Duration.ofSeconds(5),
        new Policy.Retry(List.of(), 0, honoursRetryAfter),
        1,
        null,
        Policy.Ordering.NONE,
        new Policy.Verdicts(
            new Policy.StatusSet(success), new Policy.StatusSet(cancelOn), disableOn));
  }
}
