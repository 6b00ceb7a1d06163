package dev.chasqui.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Policy.StatusSet;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Callbacks;
import dev.chasqui.operations.Callbacks.Place;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetaCallbacksTest {

  private static final URI ONE = URI.create("https://one.example.com/");
  private static final URI TWO = URI.create("https://two.example.com/");
  private static final Place WABA = Callbacks.waba(WorkspaceId.DEFAULT, "102");

  private final MemoryResources resources = new MemoryResources();
  private final Callbacks callbacks = new Callbacks(resources, policy(8));

  @Test
  void idsFollowFromThePlaceAndStayTheSameFromReleaseToRelease() {
    assertThat(Callbacks.id(Callbacks.application(WorkspaceId.DEFAULT)))
        .hasToString("ep_0000000000tfvvbjsjzgt6scn6");
    assertThat(Callbacks.id(WABA)).hasToString("ep_0000000000e09q1vw5natse178");
    assertThat(Callbacks.id(Callbacks.phoneNumber(WorkspaceId.DEFAULT, "102")))
        .hasToString("ep_00000000008azr3bp80te5c580");
  }

  @Test
  void aNewCallbackMayAnswerWithAny2xx() {
    Policy policy = callbacks.set(WABA, ONE).policy();
    assertThat(policy.verdicts().success().text()).isEqualTo("2xx");
    assertThat(policy.maxInFlight()).isEqualTo(8);
  }

  @Test
  void aCallbackThatIsClearedIsRemovedAndCanBeSetAgain() {
    callbacks.set(WABA, ONE);
    callbacks.clear(WABA);
    Endpoint cleared = resources.endpoint(Callbacks.id(WABA)).orElseThrow();
    assertThat(cleared.identity().switched()).isEqualTo(Switch.REMOVED);
    assertThat(callbacks.url(WABA)).isEmpty();
    callbacks.set(WABA, TWO);
    assertThat(callbacks.url(WABA)).contains(TWO);
    assertThat(resources.endpoint(Callbacks.id(WABA)).orElseThrow().identity().switched())
        .isEqualTo(Switch.ON);
  }

  @Test
  void everyPlaceHasAnIdOfItsOwn() {
    WorkspaceId other = new WorkspaceId("other");
    List<EndpointId> ids =
        List.of(
            Callbacks.id(WABA),
            Callbacks.id(Callbacks.waba(WorkspaceId.DEFAULT, "103")),
            Callbacks.id(Callbacks.waba(other, "102")),
            Callbacks.id(Callbacks.phoneNumber(WorkspaceId.DEFAULT, "102")),
            Callbacks.id(Callbacks.application(other)));
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void aNewUrlKeepsWhatAnOperatorMadeOfTheEndpoint() {
    callbacks.set(WABA, ONE);
    Endpoint set = resources.endpoint(Callbacks.id(WABA)).orElseThrow();
    resources.putEndpoint(pausedWith(set, policy(3)));
    callbacks.set(WABA, TWO);
    Endpoint now = resources.endpoint(Callbacks.id(WABA)).orElseThrow();
    assertThat(now.url()).isEqualTo(TWO);
    assertThat(now.policy().maxInFlight()).isEqualTo(3);
    assertThat(now.identity().switched()).isEqualTo(Switch.PAUSED);
  }

  @Test
  void aClearedPlaceHasNoUrlUntilItIsSetAgain() {
    callbacks.clear(WABA);
    assertThat(resources.endpoints()).isEmpty();
    callbacks.set(WABA, ONE);
    callbacks.clear(WABA);
    assertThat(callbacks.url(WABA)).isEmpty();
    assertThat(resources.endpoints()).hasSize(1);
    callbacks.set(WABA, TWO);
    assertThat(callbacks.url(WABA)).contains(TWO);
  }

  private static Endpoint pausedWith(Endpoint it, Policy policy) {
    Endpoint.Identity was = it.identity();
    return new Endpoint(
        new Endpoint.Identity(was.id(), was.workspace(), was.name(), was.dialect(), Switch.PAUSED),
        it.role(),
        it.url(),
        it.scope(),
        it.interest(),
        it.access(),
        policy);
  }

  private static Policy policy(int maxInFlight) {
    return new Policy(
        Duration.ofSeconds(5),
        new Policy.Retry(List.of(), 0, false),
        maxInFlight,
        null,
        Policy.Ordering.NONE,
        new Policy.Verdicts(new StatusSet("200"), StatusSet.NONE, Set.of()));
  }
}
