package dev.chasqui.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What is worth an alert of what comes in, and of what does not.
class SourceWatchesTest {

  private static final Duration WITHIN = Duration.ofMinutes(5);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final WorkspaceSource SOURCE = new WorkspaceSource(WorkspaceId.DEFAULT, "turn");
  private static final SilenceWatch.Phone NUMBER =
      new SilenceWatch.Phone(WorkspaceId.DEFAULT, "106540352242922");
  private final Post post = new Post();

  private static SignatureWatch signatures() {
    return new SignatureWatch(new AlertSettings.Signatures(20, WITHIN, 3));
  }

  private static void bad(SignatureWatch watch, int count) {
    for (int i = 0; i < count; i++) {
      watch.bad(SOURCE);
    }
  }

  @Test
  void aFewBadSignaturesAreNoBurst() {
    SignatureWatch watch = signatures();
    for (int i = 0; i < 50; i++) {
      bad(watch, 3);
      watch.good(SOURCE);
      post.check(watch, MINUTE, 1);
    }
    assertThat(post.told()).isEmpty();
  }

  /// Six webhooks a night, all of them with a bad signature, are an outage.
  @Test
  void fewBadSignaturesAreToldIfThereIsNoGoodOne() {
    SignatureWatch watch = signatures();
    for (int i = 0; i < 6; i++) {
      bad(watch, 1);
      post.check(watch, MINUTE, 1);
    }
    assertThat(post.told()).containsExactly("raised burst");
    watch.good(SOURCE);
    post.check(watch, MINUTE, 5);
    assertThat(post.told()).containsExactly("raised burst", "resolved burst");
  }

  @Test
  void aBurstIsToldOnceUntilLittleIsLeftOfIt() {
    SignatureWatch watch = signatures();
    bad(watch, 20);
    post.check(watch);
    for (int i = 0; i < 20; i++) {
      bad(watch, 2);
      post.check(watch, MINUTE, 1);
    }
    assertThat(post.told()).containsExactly("raised burst");
    post.check(watch, WITHIN, 2);
    assertThat(post.told()).containsExactly("raised burst", "resolved burst");
  }

  @Test
  void aBurstThatOutlivesARestartIsOneAlert() {
    SignatureWatch watch = signatures();
    bad(watch, 30);
    post.check(watch);
    post.restart();
    SignatureWatch again = signatures();
    for (int i = 0; i < 10; i++) {
      post.check(again, MINUTE, 1);
      bad(again, 5);
    }
    assertThat(post.told()).containsExactly("raised burst");
    post.check(again, WITHIN, 2);
    assertThat(post.told()).containsExactly("raised burst", "resolved burst");
  }

  @Test
  void anUnprovenSourceIsToldOnceUntilNothingComesForAWhile() {
    UnsignedWatch watch = new UnsignedWatch(HOUR);
    for (int i = 0; i < 10; i++) {
      watch.unsigned(SOURCE);
      post.check(watch, HOUR.dividedBy(2), 1);
    }
    post.restart();
    UnsignedWatch again = new UnsignedWatch(HOUR);
    post.check(again, HOUR.dividedBy(2), 1);
    assertThat(post.told()).containsExactly("raised unsigned");
    post.check(again, HOUR, 2);
    assertThat(post.told()).containsExactly("raised unsigned", "resolved unsigned");
  }

  @Test
  void aRefusedTokenIsToldOnceUntilItIsTaken() {
    TokenWatch watch = new TokenWatch();
    for (int i = 0; i < 10; i++) {
      assertThat(watch.refused(WorkspaceId.DEFAULT)).isEqualTo(i == 0);
      post.check(watch, MINUTE, 1);
    }
    post.restart();
    TokenWatch again = new TokenWatch();
    post.check(again, MINUTE, 1);
    again.taken(new WorkspaceId("other"));
    post.check(again, MINUTE, 1);
    assertThat(post.told()).containsExactly("raised refused");
    again.taken(WorkspaceId.DEFAULT);
    post.check(again, MINUTE, 1);
    assertThat(post.told()).containsExactly("raised refused", "resolved refused");
  }

  private SilenceWatch silence() {
    AlertSettings.Silence settings = new AlertSettings.Silence(20, Duration.ofMinutes(30), 10);
    SilenceWatch watch = new SilenceWatch(post.store, settings);
    watch.load(post.clock.instant());
    return watch;
  }

  /// So many minutes, each with so many webhooks of the number.
  private void live(SilenceWatch watch, Duration time, int perMinute) {
    for (long i = 0; i < time.toMinutes(); i++) {
      for (int j = 0; j < perMinute; j++) {
        watch.heard(NUMBER);
      }
      post.check(watch, MINUTE, 1);
    }
  }

  @Test
  void aNumberThatFallsSilentIsToldOnceAndItsReturnOnce() {
    SilenceWatch watch = silence();
    live(watch, Duration.ofDays(15), 2);
    live(watch, Duration.ofMinutes(25), 0);
    assertThat(post.told()).isEmpty();
    live(watch, Duration.ofMinutes(60), 0);
    assertThat(post.told()).containsExactly("raised silent");
    live(watch, Duration.ofMinutes(60), 1);
    assertThat(post.told()).containsExactly("raised silent", "resolved silent");
  }

  @Test
  void aNewNumberPromisesNothing() {
    SilenceWatch watch = silence();
    live(watch, Duration.ofDays(10), 2);
    live(watch, Duration.ofHours(12), 0);
    assertThat(post.told()).isEmpty();
  }

  @Test
  void aRestartRemembersWhatANumberPromisesAndCountsItsOwnGapAsNoSilence() {
    live(silence(), Duration.ofDays(15), 2);
    post.clock.move(Duration.ofHours(5));
    post.restart();
    SilenceWatch again = silence();
    live(again, Duration.ofMinutes(25), 0);
    assertThat(post.told()).isEmpty();
    live(again, Duration.ofMinutes(60), 0);
    post.restart();
    live(silence(), Duration.ofMinutes(60), 0);
    assertThat(post.told()).containsExactly("raised silent");
  }

  @Test
  void timeInWhichTheProjectionIsBehindIsNoSilence() {
    SilenceWatch watch = silence();
    live(watch, Duration.ofDays(15), 2);
    for (int i = 0; i < 120; i++) {
      post.clock.move(MINUTE);
      watch.skip(post.clock.instant());
      post.check(watch);
    }
    live(watch, Duration.ofMinutes(8), 0);
    assertThat(post.told()).isEmpty();
  }
}
