package dev.chasqui.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginGuardTest {

  private static final InetAddress GUESSER = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-04T10:00:00Z"));
  private final LoginGuard guard = new LoginGuard(now::get);

  @Test
  void whoTriesTwentyWrongOnesIsNotListenedToForAWhile() {
    for (int i = 0; i < 20; i++) {
      assertThat(guard.admits(GUESSER)).isTrue();
      guard.failed(GUESSER);
    }
    assertThat(guard.admits(GUESSER)).isFalse();
    assertThat(guard.admits(OTHER)).isTrue();
    now.updateAndGet(it -> it.plusSeconds(guard.retryAfterSeconds()));
    assertThat(guard.admits(GUESSER)).isTrue();
    guard.failed(GUESSER);
    assertThat(guard.admits(GUESSER)).isFalse();
  }

  @Test
  void whoIsRightIsNeverCounted() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(guard.admits(OTHER)).isTrue();
    }
  }
}
