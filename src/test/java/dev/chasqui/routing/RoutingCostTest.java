package dev.chasqui.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Endpoint.Interest;
import dev.chasqui.model.Endpoint.Scope;
import dev.chasqui.model.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// The cost of routing, counted in endpoints looked at, not in time.
class RoutingCostTest {

  private static final int MANY = 10_000;

  @Test
  void endpointsOfOtherNumbersAreNotLookedAt() {
    assertThat(lookedAt(i -> new Scope(null, "n" + i), _ -> Interest.ALL)).isZero();
  }

  @Test
  void endpointsOfOtherSendersAreNotLookedAt() {
    assertThat(
            lookedAt(
                _ -> new Scope(null, Items.NUMBER),
                i -> interest(Set.of(), Set.of(), Set.of("u" + i))))
        .isZero();
  }

  @Test
  void endpointsOfOtherTypesAndFieldsAreNotLookedAt() {
    assertThat(lookedAt(_ -> Scope.WORKSPACE, i -> interest(Set.of(), Set.of("t" + i), Set.of())))
        .isZero();
    assertThat(lookedAt(_ -> Scope.WORKSPACE, i -> interest(Set.of("f" + i), Set.of(), Set.of())))
        .isZero();
  }

  @Test
  void anEndpointWithTooManyCombinationsIsFoundByItsMostSelectivePart() {
    Set<String> users = numbered("u", SubscriberIndex.MAX_KEYS);
    Rules rules =
        new Rules()
            .subscriber(
                "large", Scope.WORKSPACE, interest(numbered("f", 50), numbered("t", 50), users));
    SubscriberIndex index = new SubscriberIndex(rules.endpoints());

    assertThat(candidates(rules, index, "u7")).isEqualTo(1);
    assertThat(candidates(rules, index, "nobody")).isZero();
  }

  private static int lookedAt(IntFunction<Scope> scope, IntFunction<Interest> interest) {
    Rules rules = new Rules();
    for (int i = 0; i < MANY; i++) {
      rules.subscriber("e" + i, scope.apply(i), interest.apply(i));
    }
    return candidates(rules, new SubscriberIndex(rules.endpoints()), "5511");
  }

  private static int candidates(Rules rules, SubscriberIndex index, String sender) {
    List<Object> found = new ArrayList<>();
    WorkspaceRoutes routes = rules.table().ofWorkspace(WorkspaceId.DEFAULT);
    index.candidates(routes.subject(Items.message(0, "text", Items.user(sender))), found::add);
    return found.size();
  }

  private static Set<String> numbered(String prefix, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(prefix + i);
    }
    return Set.copyOf(words);
  }

  private static Interest interest(Set<String> fields, Set<String> types, Set<String> senders) {
    return new Interest(Set.of(), fields, types, Set.of(), Set.of(), senders);
  }
}
