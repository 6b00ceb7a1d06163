package dev.chasqui.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.delivery.EndpointHealth;
import dev.chasqui.delivery.EndpointHealth.State;
import dev.chasqui.http.client.TestCertificate;
import dev.chasqui.model.Alert;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Tls;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.DeliveryViews.Deaths;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What open alerts say as time goes on, and what ends them.
class OpenAlertsTest {

  private static final Duration QUIET = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final Post post = new Post();
  private final Set<String> unsubscribed = new HashSet<>();
  private List<Endpoint> endpoints = new Rules().application("helpdesk").endpoints();
  private final EndpointId id = endpoints.getFirst().id();
  private EndpointHealth health = health(State.HEALTHY, 0, 1);
  private final Receivers receivers =
      new Receivers(() -> endpoints, _ -> health, (_, waba) -> unsubscribed.contains(waba));
  private Map<EndpointId, Deaths> deaths = Map.of();

  private EndpointHealth health(State state, int failures, int successes) {
    return new EndpointHealth(id, state, failures, successes, null, Lane.LOW, "made up");
  }

  private Alert open() {
    return post.store.open().getFirst();
  }

  @Test
  void deathsAreCountedAsLongAsTheAlertIsOpen() {
    DeadLetterWatch watch = new DeadLetterWatch(() -> deaths, () -> endpoints, QUIET);
    deaths = Map.of(id, new Deaths(4, 4));
    post.check(watch);
    deaths = Map.of(id, new Deaths(5, 1));
    post.check(watch, MINUTE, 1);
    assertThat(open().words().summary())
        .startsWith("1 delivery to endpoint " + id)
        .contains("died; 1 is a dead letter now");

    deaths = Map.of(id, new Deaths(10, 10));
    post.check(watch, MINUTE, 1);
    assertThat(open().words().summary())
        .startsWith("6 deliveries to endpoint")
        .contains("10 are dead letters now");
    assertThat(open().words().details())
        .containsEntry("died", "6")
        .containsEntry("deadLetters", "10");

    post.restart();
    DeadLetterWatch again = new DeadLetterWatch(() -> deaths, () -> endpoints, QUIET);
    deaths = Map.of(id, new Deaths(12, 12));
    post.check(again, MINUTE, 2);
    deaths = Map.of(id, new Deaths(13, 13));
    post.check(again, MINUTE, 2);
    assertThat(open().words().details())
        .containsEntry("died", "7")
        .containsEntry("deadLetters", "13");
    assertThat(post.told()).containsExactly("raised dying");
  }

  @Test
  void badSignaturesAreCountedAsLongAsTheAlertIsOpen() {
    SignatureWatch watch = new SignatureWatch(new AlertSettings.Signatures(20, MINUTE, 20));
    bad(watch, 20);
    post.check(watch);
    bad(watch, 45);
    post.check(watch, Duration.ofSeconds(20), 1);

    assertThat(open().words().details()).containsEntry("count", "65");
    assertThat(open().words().summary()).startsWith("65 webhooks of default/turn had");
    post.check(watch, MINUTE.multipliedBy(2), 1);
    assertThat(post.store.open()).isEmpty();
    assertThat(post.store.alerts.values())
        .allMatch(it -> "65".equals(it.words().details().get("count")));
  }

  private static void bad(SignatureWatch watch, int count) {
    for (int i = 0; i < count; i++) {
      watch.bad(new WorkspaceSource(WorkspaceId.DEFAULT, "turn"));
    }
  }

  @Test
  void changingWordsAreWrittenNowAndThen() {
    HealthWatch watch = new HealthWatch(receivers, MINUTE);
    for (int failures = 5; failures < 105; failures++) {
      health = health(State.FAILING, failures, 0);
      post.check(watch, Duration.ofSeconds(1), 1);
    }
    assertThat(post.store.puts).isBetween(9, 12);
    assertThat(post.told()).containsExactly("raised failing");
  }

  @Test
  void anOverrideThatIsTakenAwayIsNoAlertAndEndsItsOwn() {
    HealthWatch watch = new HealthWatch(receivers, MINUTE);
    health = health(State.FAILING, 5, 0);
    post.check(watch);
    health = health(State.REMOVED, 5, 0);
    endpoints = new Rules().switched(Switch.REMOVED).application("helpdesk").endpoints();
    post.check(watch, MINUTE, 5);

    assertThat(post.told()).containsExactly("raised failing", "resolved failing");
  }

  @Test
  void a2xxThatIsNoSuccessIsToldWithTheCallThatMendsIt() {
    AnswerWatch watch = new AnswerWatch(receivers, QUIET);
    watch.refused(id, 202);
    post.check(watch);
    watch.refused(id, 202);
    watch.refused(id, 202);
    post.check(watch, MINUTE, 1);

    assertThat(open().kind()).isEqualTo(Alert.Kind.ENDPOINT_ANSWERS);
    assertThat(open().words().summary())
        .contains("(helpdesk) answered 3 deliveries with 202", "its policy counts 200 alone")
        .contains("PATCH /api/v1/endpoints/" + id + " {\"policy\":{\"success\":\"2xx\"}}");
    post.restart();
    AnswerWatch again = new AnswerWatch(receivers, QUIET);
    post.check(again, MINUTE, 1);
    assertThat(post.told()).containsExactly("raised refused");
    endpoints = List.of(succeedingAt2xx(endpoints.getFirst()));
    post.check(again, MINUTE, 1);
    assertThat(post.told()).containsExactly("raised refused", "resolved refused");
  }

  private static Endpoint succeedingAt2xx(Endpoint it) {
    return new Endpoint(
        it.identity(),
        it.role(),
        it.url(),
        it.scope(),
        it.interest(),
        it.access(),
        it.policy().succeedingAt(new Policy.StatusSet("2xx")));
  }

  @Test
  void trafficOfAnAccountThatIsUnsubscribedIsToldUntilItIsSubscribedAgain() {
    UnroutedWatch watch = new UnroutedWatch(receivers, QUIET);
    watch.came(WorkspaceId.DEFAULT, "102");
    post.check(watch);
    assertThat(post.told()).isEmpty();

    unsubscribed.add("102");
    watch.came(WorkspaceId.DEFAULT, "102");
    watch.came(WorkspaceId.DEFAULT, "103");
    post.check(watch);
    assertThat(open().words().summary())
        .contains(
            "not subscribed to WABA 102", "no callback got 1 webhook", "/102/subscribed_apps");
    unsubscribed.clear();
    post.check(watch);
    assertThat(post.told()).containsExactly("raised unsubscribed", "resolved unsubscribed");
  }

  @Test
  void aCertificateThatEndsSoonIsToldUntilThereIsAnother(@TempDir Path folder) throws Exception {
    String twoDays = new TestCertificate(folder, "client.example").certificatePem();
    Endpoint plain = endpoints.getFirst();
    endpoints = List.of(showing(plain, twoDays));
    CertificateWatch watch = new CertificateWatch(receivers::present);
    post.clock.jump(Duration.between(post.clock.instant(), java.time.Instant.EPOCH));
    post.check(watch);
    assertThat(post.told()).isEmpty();
    post.clock.jump(Duration.ofDays(400_000));
    post.check(watch);
    assertThat(open().words().summary()).contains("(helpdesk) ended");
    endpoints = List.of(plain);
    post.check(watch);
    assertThat(post.told()).containsExactly("raised ended", "resolved ended");
  }

  private static Endpoint showing(Endpoint it, String certificate) {
    Endpoint.Access access =
        new Endpoint.Access(List.of(), Map.of(), null, new Tls(null, certificate, "key"));
    return new Endpoint(
        it.identity(), it.role(), it.url(), it.scope(), it.interest(), access, it.policy());
  }
}
