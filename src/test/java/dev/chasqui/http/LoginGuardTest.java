package dev.chasqui.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginGuardTest {

  private static final InetAddress GUESSER = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-04T10:00:00Z"));
  private final LoginGuard guard = new LoginGuard(LoginGuard.Limits.DEFAULT, now::get);

  @Test
  void whoTriesTwentyWrongOnesIsNotListenedToForAWhile() {
    guess(20);
    assertThat(guard.admits(GUESSER, "right")).isFalse();
    assertThat(guard.admits(OTHER, "right")).isTrue();
    pass(guard.waitFor(GUESSER, "right"));
    assertThat(guard.admits(GUESSER, "right")).isTrue();
  }

  @Test
  void eachFurtherTryMakesTheWaitLongerUpToALimit() {
    guess(20);
    Duration before = guard.waitFor(GUESSER, "next");
    for (int i = 0; i < 5; i++) {
      pass(before);
      guard.failed(GUESSER, "further " + i);
      Duration after = guard.waitFor(GUESSER, "next");
      assertThat(after).isEqualTo(before.multipliedBy(2));
      before = after;
    }
    guess(50);
    assertThat(guard.waitFor(GUESSER, "next")).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void wrongOnesAreForgottenInTime() {
    guess(20);
    pass(Duration.ofMinutes(15));
    for (int i = 0; i < 14; i++) {
      guard.failed(GUESSER, "later " + i);
      assertThat(guard.admits(GUESSER, "next")).isTrue();
    }
  }

  /// A client with an old token is no guesser: the others at its address go on.
  @Test
  void oneWrongTokenTriedAgainAndAgainWaitsAlone() {
    for (int i = 0; i < 100; i++) {
      guard.failed(GUESSER, "old");
    }
    assertThat(guard.admits(GUESSER, "old")).isFalse();
    assertThat(guard.admits(GUESSER, "other")).isTrue();
    assertThat(guard.admits(OTHER, "old")).isTrue();
  }

  @Test
  void whatWasRightThereBeforeStillPasses() {
    guard.passed(GUESSER, "right");
    guess(20);
    assertThat(guard.admits(GUESSER, "right")).isTrue();
    guard.failed(GUESSER, "right");
    assertThat(guard.admits(GUESSER, "right")).isFalse();
  }

  private void guess(int count) {
    for (int i = 0; i < count; i++) {
      guard.failed(GUESSER, "guess " + i);
    }
  }

  private void pass(Duration time) {
    now.updateAndGet(it -> it.plus(time));
  }
}
