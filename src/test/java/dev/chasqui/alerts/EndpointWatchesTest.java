package dev.chasqui.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.delivery.EndpointHealth;
import dev.chasqui.delivery.EndpointHealth.State;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.DeliveryViews.Deaths;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is worth an alert of an endpoint: each is raised once and resolved once.
class EndpointWatchesTest {

  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration QUIET = Duration.ofHours(1);
  private final Post post = new Post();
  private List<Endpoint> endpoints = new Rules().application("helpdesk").endpoints();
  private final EndpointId id = endpoints.getFirst().id();
  private EndpointHealth health = health(State.HEALTHY, 0, 1);
  private final Set<String> unsubscribed = new HashSet<>();
  private final Receivers receivers =
      new Receivers(() -> endpoints, _ -> health, (_, id) -> unsubscribed.contains(id));
  private Map<EndpointId, Instant> due = Map.of();
  private Map<EndpointId, Deaths> deaths = Map.of();

  private EndpointHealth health(State state, int failures, int successes) {
    return new EndpointHealth(id, state, failures, successes, null, Lane.LOW, "made up");
  }

  private HealthWatch healthWatch() {
    return new HealthWatch(receivers, Duration.ofMinutes(1));
  }

  @Test
  void aFailingEndpointIsToldOnceAndItsRecoveryOnce() {
    HealthWatch watch = healthWatch();
    health = health(State.FAILING, 5, 0);
    post.check(watch, STEP, 20);
    assertThat(post.told()).containsExactly("raised failing");
    health = health(State.HEALTHY, 0, 1);
    post.check(watch, STEP, 5);
    assertThat(post.told()).containsExactly("raised failing");
    post.check(watch, STEP, 20);
    assertThat(post.told()).containsExactly("raised failing", "resolved failing");
  }

  @Test
  void anEndpointThatFallsAgainAndAgainIsOneAlert() {
    HealthWatch watch = healthWatch();
    for (int i = 0; i < 20; i++) {
      health = health(State.FAILING, 5, 0);
      post.check(watch, STEP, 2);
      health = health(State.DEGRADED, 1, 0);
      post.check(watch, STEP, 2);
      health = health(State.HEALTHY, 0, 1);
      post.check(watch, STEP, 4);
    }
    assertThat(post.told()).containsExactly("raised failing");
  }

  @Test
  void aFallBetweenTwoChecksIsTold() {
    HealthWatch watch = healthWatch();
    watch.changed(health(State.FAILING, 5, 0));
    post.check(watch, STEP, 20);
    assertThat(post.told()).containsExactly("raised failing", "resolved failing");
  }

  @Test
  void degradedIsToldOnlyIfItStaysSo() {
    HealthWatch watch = healthWatch();
    for (int i = 0; i < 10; i++) {
      health = health(State.DEGRADED, 1, 0);
      post.check(watch, STEP, 6);
      health = health(State.HEALTHY, 0, 1);
      post.check(watch, STEP, 1);
    }
    assertThat(post.told()).isEmpty();
    health = health(State.DEGRADED, 1, 0);
    post.check(watch, STEP, 14);
    assertThat(post.told()).containsExactly("raised degraded");
  }

  @Test
  void afterARestartAnAlertStaysUntilASuccessIsSeen() {
    health = health(State.FAILING, 5, 0);
    post.check(healthWatch());
    post.restart();
    HealthWatch again = healthWatch();
    health = health(State.HEALTHY, 0, 0);
    post.check(again, STEP, 100);
    assertThat(post.told()).containsExactly("raised failing");
    health = health(State.HEALTHY, 0, 1);
    post.check(again, STEP, 8);
    assertThat(post.told()).containsExactly("raised failing", "resolved failing");
  }

  @Test
  void aPauseIsToldAndReplacesTheAlertBefore() {
    HealthWatch watch = healthWatch();
    health = health(State.FAILING, 5, 0);
    post.check(watch);
    endpoints = new Rules().switched(Switch.PAUSED).application("helpdesk").endpoints();
    post.check(watch, STEP, 5);
    assertThat(post.told()).containsExactly("raised failing", "raised paused");
    assertThat(post.store.open()).singleElement().matches(it -> it.condition().equals("paused"));
    endpoints = new Rules().application("helpdesk").endpoints();
    health = health(State.HEALTHY, 0, 1);
    post.check(watch, STEP, 5);
    assertThat(post.told()).endsWith("resolved paused").hasSize(3);
  }

  @Test
  void aDeletedEndpointsAlertIsResolvedOnce() {
    HealthWatch watch = healthWatch();
    health = health(State.FAILING, 5, 0);
    post.check(watch);
    endpoints = List.of();
    post.check(watch, STEP, 20);
    assertThat(post.told()).containsExactly("raised failing", "resolved failing");
  }

  @Test
  void aLaneIsOverdueAboveTheLimitUntilBelowHalfOfIt() {
    OverdueWatch watch = new OverdueWatch(() -> due, receivers, LIMIT);
    for (int i = 0; i < 3; i++) {
      due = Map.of(id, post.clock.instant().minus(LIMIT.plusSeconds(1)));
      post.check(watch);
      due = Map.of(id, post.clock.instant().minus(LIMIT.dividedBy(2).plusSeconds(1)));
      post.check(watch);
    }
    assertThat(post.told()).containsExactly("raised overdue");
    due = Map.of(id, post.clock.instant().minus(LIMIT.dividedBy(2)));
    post.check(watch);
    post.check(watch);
    assertThat(post.told()).containsExactly("raised overdue", "resolved overdue");
    assertThat(watch.age(Lane.LOW, post.clock.instant())).isEqualTo(LIMIT.dividedBy(2));
    assertThat(watch.age(Lane.HIGH, post.clock.instant())).isZero();
  }

  @Test
  void whatAPausedEndpointIsOwedIsNotOverdue() {
    endpoints = new Rules().switched(Switch.PAUSED).application("helpdesk").endpoints();
    due = Map.of(id, post.clock.instant().minus(LIMIT.multipliedBy(9)));
    post.check(new OverdueWatch(() -> due, receivers, LIMIT));
    assertThat(post.told()).isEmpty();
  }

  private DeadLetterWatch deadLetters() {
    return new DeadLetterWatch(() -> deaths, () -> endpoints, QUIET);
  }

  @Test
  void deathsAreToldOnceUntilNoneDiedForAWhile() {
    DeadLetterWatch watch = deadLetters();
    deaths = Map.of(id, new Deaths(7, 7));
    post.check(watch, STEP, 3);
    assertThat(post.told()).as("what died before the first look is old").isEmpty();
    for (int i = 0; i < 10; i++) {
      deaths = Map.of(id, new Deaths(8 + i, 8 + i));
      post.check(watch, QUIET.dividedBy(2), 1);
    }
    assertThat(post.told()).containsExactly("raised dying");
    post.check(watch, QUIET, 2);
    assertThat(post.told()).containsExactly("raised dying", "resolved dying");
  }

  @Test
  void whenAllIsReplayedNothingIsDyingAndARestartTellsNothingTwice() {
    DeadLetterWatch watch = deadLetters();
    post.check(watch);
    deaths = Map.of(id, new Deaths(3, 3));
    post.check(watch);
    post.restart();
    DeadLetterWatch again = deadLetters();
    post.check(again, STEP, 3);
    assertThat(post.told()).containsExactly("raised dying");
    deaths = Map.of(id, new Deaths(3, 0));
    post.check(again, STEP, 3);
    assertThat(post.told()).containsExactly("raised dying", "resolved dying");
  }
}
