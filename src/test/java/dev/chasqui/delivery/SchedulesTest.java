package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.Dialect;
import dev.chasqui.dialect.exotel.ExotelDialect;
import dev.chasqui.dialect.meta.MetaDialect;
import dev.chasqui.dialect.standard.StandardDialect;
import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.testkit.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each dialect's schedule to the millisecond (product.md 6): the arithmetic, and the attempts of a
/// dispatcher whose clock is moved from boundary to boundary.
class SchedulesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final double ALMOST_ONE = Math.nextDown(1.0);

  static Stream<Dialect> dialects() {
    return Stream.of(
        new MetaDialect(), new TurnDialect(), new ExotelDialect(), new StandardDialect());
  }

  @Test
  void turnWaitsAsTheReferenceSays() {
    assertThat(waits(new TurnDialect(), 0))
        .containsExactly(17_000L, 19_000L, 24_000L, 31_000L, 47_000L);
    assertThat(waits(new TurnDialect(), 0.5))
        .containsExactly(17_850L, 19_950L, 25_200L, 32_550L, 49_350L);
    assertThat(waits(new TurnDialect(), ALMOST_ONE))
        .containsExactly(18_699L, 20_899L, 26_399L, 34_099L, 51_699L);
  }

  @Test
  void exotelWaitsAsTheSeedSays() {
    assertThat(waits(new ExotelDialect(), ALMOST_ONE))
        .containsExactly(30_000L, 120_000L, 600_000L, 3_600_000L);
  }

  @Test
  void standardWaitsAsListed() {
    assertThat(waits(new StandardDialect(), 0))
        .containsExactly(
            5_000L, 300_000L, 1_800_000L, 7_200_000L, 18_000_000L, 36_000_000L, 36_000_000L);
  }

  @Test
  void metaTriesForSevenDaysEverMoreSeldom() {
    List<Long> waits = waits(new MetaDialect(), 0);
    assertThat(waits).isSorted();
    assertThat(waits.stream().mapToLong(Long::longValue).sum())
        .isEqualTo(Duration.ofDays(7).toMillis());
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void jitterAddsAndNeverTakes(Dialect dialect) {
    List<Long> least = waits(dialect, 0);
    List<Long> most = waits(dialect, ALMOST_ONE);
    for (int i = 0; i < least.size(); i++) {
      assertThat(most.get(i)).isBetween(least.get(i), least.get(i) * 11 / 10);
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void attemptsAreMadeAtTheBoundaryAndNotBefore(Dialect dialect) {
    try (Rig rig = Rig.started()) {
      EndpointId endpoint = rig.endpoint("down.test", dialect.defaults());
      rig.sender.on("down.test", ScriptedSender.status(500));
      DeliveryId id = rig.owe(endpoint);
      int attempts = dialect.defaults().retry().schedule().size() + 1;
      for (int made = 1; made < attempts; made++) {
        int expected = made;
        Conditions.until("attempt " + made, () -> rig.store.history(id).size() == expected);
        rig.awaitState(id, DeliveryState.RETRYING);
        Duration wait = Duration.between(rig.clock.instant(), rig.store.dueAt(id));
        assertThat(wait.toMillis())
            .isGreaterThanOrEqualTo(dialect.defaults().retry().schedule().get(made - 1).toMillis());
        rig.move(wait.minusMillis(1));
        rig.awaitIdle();
        assertThat(rig.store.history(id)).hasSize(made);
        // Due times are kept in steps of a tenth of a second.
        rig.move(Duration.ofMillis(101));
      }
      rig.awaitState(id, DeliveryState.DEAD);
      assertThat(rig.store.history(id)).hasSize(attempts);
      assertThat(rig.store.deadReason(id)).isEqualTo("status 500");
    }
  }

  private static List<Long> waits(Dialect dialect, double random) {
    Policy.Retry retry = dialect.defaults().retry();
    List<Long> waits = new ArrayList<>();
    for (int made = 1; made <= retry.schedule().size(); made++) {
      waits.add(
          Duration.between(NOW, RetryTimes.next(retry, made, NOW, random).orElseThrow())
              .toMillis());
    }
    assertThat(RetryTimes.next(retry, retry.schedule().size() + 1, NOW, random)).isEmpty();
    return waits;
  }
}
