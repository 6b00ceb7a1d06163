package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.TokenId;
import dev.chasqui.model.Ulid;
import dev.chasqui.store.ResourceStore.App;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import dev.chasqui.store.ResourceStore.Secret;
import dev.chasqui.store.ResourceStore.Subscription;
import dev.chasqui.store.ResourceStore.Token;
import dev.chasqui.store.ResourceStore.Waba;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

abstract class ResourceStoreContract extends StoreContract {

  private static final Waba WABA =
      new Waba(WORKSPACE, "w1", "Shop", Subscription.SUBSCRIBED, Set.of("messages", "calls"));
  private static final PhoneNumber NUMBER = new PhoneNumber(WORKSPACE, "p1", "w1", "4930123");

  ResourceStoreContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void anEndpointComesBackAsItWasWritten() {
    Endpoint endpoint = Samples.endpoint(1);
    store.resources().putEndpoint(endpoint);
    reopen();
    assertThat(store.resources().endpoint(endpoint.id())).contains(endpoint);
    assertThat(store.resources().endpoints()).containsExactly(endpoint);
  }

  @Test
  void aTokenHasANameAnEndAndALastUseAndCanBeDeleted() {
    TokenId id = new TokenId(new Ulid(1, 3));
    Token.Life life = new Token.Life("ops", at(60), null, Token.Origin.ENVIRONMENT);
    Token token = new Token(id, WORKSPACE, "admin", null, "cd".repeat(32), at(5), life);
    store.resources().putToken(token);
    store.resources().tokensUsed(Map.of(id, at(7)));
    reopen();
    assertThat(store.resources().tokens()).containsExactly(token.lastUsed(at(7)));
    assertThat(store.resources().token("cd".repeat(32))).isPresent();
    assertThat(store.resources().deleteToken(id)).isTrue();
    assertThat(store.resources().deleteToken(id)).isFalse();
    assertThat(store.resources().tokens()).isEmpty();
  }

  @Test
  void twoWritersAtOnceLeaveOneCurrentSecret() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 20; round++) {
        List<Future<?>> puts = new ArrayList<>();
        for (String value : List.of("one-" + round, "two-" + round)) {
          puts.add(
              both.submit(
                  () -> {
                    barrier.await();
                    store.resources().putSecret(WORKSPACE, "twice", value, at(1), at(900));
                    return value;
                  }));
        }
        for (Future<?> put : puts) {
          put.get();
        }
        assertThat(store.resources().secrets()).filteredOn(it -> it.until() == null).hasSize(1);
        assertThat(store.resources().secrets()).hasSize(2);
      }
    }
  }

  @Test
  void puttingAnEndpointAgainReplacesIt() {
    Endpoint endpoint = Samples.endpoint(1);
    Endpoint changed =
        new Endpoint(
            endpoint.identity(),
            endpoint.role(),
            endpoint.url(),
            Endpoint.Scope.WORKSPACE,
            Endpoint.Interest.ALL,
            Endpoint.Access.NONE,
            endpoint.policy());
    store.resources().putEndpoint(endpoint);
    store.resources().putEndpoint(changed);
    assertThat(store.resources().endpoints()).containsExactly(changed);
  }

  @Test
  void aDeletedEndpointIsGone() {
    store.resources().putEndpoint(Samples.endpoint(1));
    assertThat(store.resources().deleteEndpoint(Samples.ENDPOINT)).isTrue();
    assertThat(store.resources().deleteEndpoint(Samples.ENDPOINT)).isFalse();
    assertThat(store.resources().endpoints()).isEmpty();
    assertThat(store.resources().endpoint(Samples.ENDPOINT)).isEmpty();
  }

  @Test
  void whatTrafficTeachesNeverReplacesWhatIsKnown() {
    store.resources().putWaba(WABA);
    store.resources().putPhoneNumber(NUMBER);
    Waba other = new Waba(WORKSPACE, "w2", null, Subscription.UNSAID);
    store
        .resources()
        .learn(
            List.of(new Waba(WORKSPACE, "w1", null, Subscription.UNSAID), other),
            List.of(new PhoneNumber(WORKSPACE, "p1", null, null)));
    assertThat(store.resources().wabas()).containsExactly(WABA, other);
    assertThat(store.resources().phoneNumbers()).containsExactly(NUMBER);
  }

  @Test
  void putReplacesAccountsNumbersAndTheApplication() {
    store
        .resources()
        .learn(List.of(new Waba(WORKSPACE, "w1", null, Subscription.UNSAID)), List.of());
    store.resources().putWaba(WABA);
    store.resources().putPhoneNumber(new PhoneNumber(WORKSPACE, "p1", null, null));
    store.resources().putPhoneNumber(NUMBER);
    store.resources().putApp(new App(WORKSPACE, "1"));
    store.resources().putApp(new App(WORKSPACE, "2", "Clinic"));
    assertThat(store.resources().wabas()).containsExactly(WABA);
    assertThat(store.resources().phoneNumbers()).containsExactly(NUMBER);
    assertThat(store.resources().app(WORKSPACE)).contains(new App(WORKSPACE, "2", "Clinic"));
  }

  @Test
  void theVersionGrowsWithEveryChangeAndOnlyThen() {
    long version = store.resources().version();
    store.resources().putWaba(WABA);
    long changed = store.resources().version();
    assertThat(changed).isGreaterThan(version);
    store.resources().learn(List.of(WABA), List.of());
    store.resources().deleteEndpoint(Samples.ENDPOINT);
    assertThat(store.resources().version()).isEqualTo(changed);
  }

  @Test
  void theFormerSecretStaysValidForAWhileAndOnlyOne() {
    for (int i = 1; i <= 3; i++) {
      store.resources().putSecret(WORKSPACE, "meta-verify-token", "v" + i, at(i), at(100 + i));
    }
    reopen();
    assertThat(store.resources().secrets())
        .containsExactly(
            new Secret(WORKSPACE, "meta-verify-token", "v3", at(3), null),
            new Secret(WORKSPACE, "meta-verify-token", "v2", at(2), at(103)));
  }

  @Test
  void secretsOfTheSameMomentKeepTheirOrder() {
    store.resources().putSecret(WORKSPACE, "meta-verify-token", "v1", at(1), at(9));
    store.resources().putSecret(WORKSPACE, "meta-verify-token", "v2", at(1), at(9));
    assertThat(store.resources().secrets()).extracting(Secret::value).containsExactly("v2", "v1");
    assertThat(store.resources().secrets()).extracting(Secret::until).containsExactly(null, at(9));
  }

  @Test
  void tokensComeBackAsTheyWereWritten() {
    Token token =
        new Token(new TokenId(new Ulid(1, 2)), WORKSPACE, "api", "p1", "ab".repeat(32), at(5));
    store.resources().putToken(token);
    assertThat(store.resources().tokens()).containsExactly(token);
  }

  @Test
  void theStoreSaysThatItIsWritable() {
    assertThat(store.isWritable()).isTrue();
  }
}
