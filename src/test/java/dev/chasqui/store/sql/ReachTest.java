package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReachTest {

  private static final Instant START = Instant.ofEpochSecond(1_780_000_000);

  private static Reach failed(long second, int threshold) {
    return failed(second, threshold, "wamid." + second);
  }

  private static Reach failed(long second, int threshold, String id) {
    return Reach.failed(Failure.of(at(second), threshold, new Failure.Message(id, "p1")));
  }

  private static Reach gotThrough(long second) {
    return Reach.gotThrough(at(second), true);
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }

  private static Reach sum(Reach... parts) {
    return sum(List.of(parts));
  }

  private static Reach sum(List<Reach> parts) {
    Reach sum = Reach.UNKNOWN;
    for (Reach part : parts) {
      sum = sum.plus(part);
    }
    return sum;
  }

  @Test
  void reachingTheThresholdLeadsToTheFallbackChannel() {
    Reach almost = sum(failed(1, 3), failed(2, 3));
    assertThat(almost.isFallback()).isFalse();
    Reach enough = almost.plus(failed(3, 3));
    assertThat(enough.isFallback()).isTrue();
    assertThat(enough.tripped()).isNotNull().extracting(m -> m.time()).isEqualTo(at(3));
  }

  @Test
  void aMessageThatFailedTwiceCountsOnce() {
    Reach twice = sum(failed(1, 2, "wamid.a"), failed(5, 2, "wamid.a"));
    assertThat(twice.count()).isEqualTo(1);
    assertThat(twice.isFallback()).isFalse();
  }

  @Test
  void aSignOfLifeEndsTheCountAndDoesNotSwitchBack() {
    Reach after = sum(failed(1, 2), failed(2, 2), gotThrough(3));
    assertThat(after.count()).isZero();
    assertThat(after.isFallback()).isTrue();
  }

  @Test
  void anOlderSignOfLifeThatComesLaterTakesOnlyWhatFailedBeforeIt() {
    Reach after = sum(failed(1, 0), failed(4, 0), failed(5, 0), gotThrough(2));
    assertThat(after.count()).isEqualTo(2);
  }

  @Test
  void failuresThatASignOfLifePartsDoNotAddUp() {
    assertThat(sum(failed(1, 3), failed(2, 3), gotThrough(3), failed(4, 3)).isFallback()).isFalse();
    assertThat(sum(failed(4, 3), failed(2, 3), failed(1, 3), gotThrough(3)).isFallback()).isFalse();
  }

  @Test
  void aMessageFromTheContactSwitchesBackUnlessFailuresAreNewer() {
    Reach back = Reach.backToWhatsApp(at(3));
    assertThat(sum(failed(1, 2), failed(2, 2), back).isFallback()).isFalse();
    assertThat(sum(back, failed(4, 2), failed(5, 2)).isFallback()).isTrue();
    assertThat(sum(failed(4, 2), failed(5, 2), back).count()).isEqualTo(2);
  }

  @Test
  void anOperatorsWordHoldsUntilTheContactWrites() {
    Reach over = Reach.overToFallback(at(3));
    assertThat(sum(failed(1, 9), over).isFallback()).isTrue();
    assertThat(sum(failed(1, 9), over).count()).isEqualTo(1);
    assertThat(sum(over, gotThrough(4)).isFallback()).isTrue();
    assertThat(sum(over, Reach.backToWhatsApp(at(4))).isFallback()).isFalse();
    assertThat(sum(over, Reach.backToWhatsApp(at(2))).isFallback()).isTrue();
  }

  @Test
  void ofTwoWordsAtTheSameTimeTheOneForWhatsAppHolds() {
    Reach over = Reach.overToFallback(at(3));
    Reach back = Reach.backToWhatsApp(at(3));
    assertThat(sum(over, back).isFallback()).isFalse();
    assertThat(sum(back, over).isFallback()).isFalse();
  }

  @Test
  void theThresholdIsThatOfTheNumberWhoseMessageFailed() {
    Reach others = sum(failed(1, 0), failed(2, 0), failed(3, 0));
    assertThat(others.isFallback()).isFalse();
    assertThat(others.plus(failed(4, 4)).isFallback()).isTrue();
    assertThat(others.plus(failed(4, 5)).isFallback()).isFalse();
  }

  @Test
  void whatTrippedIsNotForgottenWhenThereIsNoRoomForIt() {
    List<Reach> parts = new ArrayList<>();
    parts.add(failed(1, 0));
    parts.add(failed(2, 2));
    for (int i = 0; i < 2 * Reach.MOST_FAILURES; i++) {
      parts.add(failed(10 + i, 0));
    }
    for (int i = 0; i < 2 * Reach.MOST_SIGNS; i++) {
      parts.add(gotThrough(1000 + i));
    }
    Reach sum = sum(parts);
    assertThat(sum.isFallback()).isTrue();
    assertThat(sum.failures()).isEmpty();
    assertThat(sum.signs()).hasSize(Reach.MOST_SIGNS);
    assertThat(sum.plus(Reach.backToWhatsApp(at(5000))).isFallback()).isFalse();
  }

  @Property
  void anyOrderSlicingAndRepetitionComesToTheSame(
      @ForAll("parts") List<Reach> parts, @ForAll Random random) {
    Reach inOrder = sum(parts);
    List<Reach> others = new ArrayList<>(parts);
    others.addAll(parts.subList(0, parts.size() / 2));
    Collections.shuffle(others, random);
    int cut = others.isEmpty() ? 0 : random.nextInt(others.size());
    Reach sliced = sum(others.subList(cut, others.size())).plus(sum(others.subList(0, cut)));
    assertThat(sliced).isEqualTo(inOrder);
    assertThat(sliced.isFallback()).isEqualTo(inOrder.isFallback());
  }

  @Property
  void withoutAnyFallbackChannelTheCountIsTheSameInAnyOrder(
      @ForAll("unwatched") List<Reach> parts, @ForAll Random random) {
    List<Reach> others = new ArrayList<>(parts);
    Collections.shuffle(others, random);
    assertThat(sum(others)).isEqualTo(sum(parts));
  }

  @Provide
  Arbitrary<List<Reach>> parts() {
    Arbitrary<Long> seconds = Arbitraries.longs().between(0, 25);
    Arbitrary<Reach> failed =
        Combinators.combine(seconds, Arbitraries.integers().between(0, 4))
            .as((second, id) -> failed(second, id % 4, "wamid." + id + second / 5));
    Arbitrary<Reach> through = seconds.map(ReachTest::gotThrough);
    Arbitrary<Reach> back = seconds.map(s -> Reach.backToWhatsApp(at(s)));
    Arbitrary<Reach> over = seconds.map(s -> Reach.overToFallback(at(s)));
    return Arbitraries.oneOf(List.of(failed, failed, failed, failed, through, back, over))
        .list()
        .ofMaxSize(16);
  }

  @Provide
  Arbitrary<List<Reach>> unwatched() {
    Arbitrary<Long> seconds = Arbitraries.longs().between(0, 25);
    Arbitrary<Reach> failed = seconds.map(s -> failed(s, 0));
    Arbitrary<Reach> through = seconds.map(s -> Reach.gotThrough(at(s), false));
    Arbitrary<Reach> back = seconds.map(s -> Reach.backToWhatsApp(at(s)));
    return Arbitraries.oneOf(List.of(failed, through, back)).list().ofMaxSize(30);
  }
}
