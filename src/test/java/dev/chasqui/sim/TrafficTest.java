package dev.chasqui.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.sim.SignedWebhook.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrafficTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void aPlainPlanIsOneRequestAnItem() {
    List<SignedWebhook> requests = requests(TrafficPlan.plain(40), 1);
    assertThat(requests).hasSize(40).allMatch(request -> request.kind() == Kind.GENUINE);
  }

  @Test
  void batchesAreFilledAndTheLastHoldsTheRest() {
    List<SignedWebhook> requests = requests(new TrafficPlan(25, 10, 0, 0, 0, 0, 0), 1);
    assertThat(requests).extracting(request -> request.items().size()).containsExactly(10, 10, 5);
  }

  @Test
  void aDuplicateFollowsItsOriginalWithTheSameBytes() {
    List<SignedWebhook> requests = requests(new TrafficPlan(50, 1, 0.3, 0, 0, 0, 0), 1);
    assertThat(requests).hasSizeGreaterThan(50);
    for (int i = 0; i < requests.size(); i++) {
      SignedWebhook request = requests.get(i);
      boolean isKnown =
          requests.subList(0, i).stream().anyMatch(r -> r.body().equals(request.body()));
      assertThat(isKnown).isEqualTo(request.kind() == Kind.DUPLICATE);
    }
  }

  @Test
  void reorderingLosesNothing() {
    List<SignedWebhook> inOrder = requests(TrafficPlan.plain(60), 5);
    List<SignedWebhook> mixed = requests(new TrafficPlan(60, 1, 0, 0.5, 0, 0, 0), 5);
    assertThat(mixed).hasSameSizeAs(inOrder);
    assertThat(mixed).doesNotHaveDuplicates();
  }

  @Test
  void forgedRequestsComeOnTopOfTheGenuineOnes() {
    List<SignedWebhook> requests = requests(new TrafficPlan(40, 1, 0, 0, 0.25, 0, 0), 1);
    assertThat(requests).filteredOn(r -> r.kind() == Kind.FORGED).hasSize(10);
    assertThat(requests).filteredOn(r -> r.kind() == Kind.GENUINE).hasSize(40);
  }

  @Test
  void unknownItemsReplaceKnownOnes() {
    List<SignedWebhook> requests = requests(new TrafficPlan(40, 1, 0, 0, 0, 1, 0), 1);
    assertThat(requests)
        .allMatch(
            request ->
                List.of("hologram", "teleported", "quipu_knots")
                    .contains(request.items().getFirst().sample()));
  }

  @Test
  void theSameSeedMakesTheSameTraffic() {
    TrafficPlan plan = new TrafficPlan(80, 7, 0.2, 0.2, 0.2, 0.2, 0.2);
    assertThat(requests(plan, 9)).isEqualTo(requests(plan, 9));
  }

  @Test
  void sharesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new TrafficPlan(1, 1, 1.5, 0, 0, 0, 0))
        .hasMessage("duplicates must be from 0 to 1");
    assertThatThrownBy(() -> new TrafficPlan(1, 1_001, 0, 0, 0, 0, 0))
        .hasMessage("batch size must be from 1 to 1000");
  }

  private static List<SignedWebhook> requests(TrafficPlan plan, long seed) {
    Random random = new Random(seed);
    WebhookFactory factory = new WebhookFactory(random, NOON);
    return new Traffic(plan, Samples.all(), factory, random)
        .requests(Business.SAMPLE, new AppSecret("right"), new AppSecret("wrong"));
  }
}
