package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.model.SourceAccount.Access;
import dev.chasqui.model.SourceAccount.Admission;
import dev.chasqui.model.SourceAccount.Secret;
import dev.chasqui.model.SourceChannel;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

abstract class SourceStoreContract extends StoreContract {

  private static final SourceAccount CHANNEL =
      new SourceAccount(
          WORKSPACE,
          DialectName.TURN,
          new SourceChannel("c1", "p1", null, null),
          new Access(
              List.of(new Secret("new", null), new Secret("former", at(9))),
              null,
              null,
              null,
              null),
          Admission.SIGNED);

  private static final SourceAccount ACCOUNT =
      new SourceAccount(
          WORKSPACE,
          DialectName.EXOTEL,
          new SourceChannel("c1", null, "w1", "4930123"),
          new Access(List.of(), "key", "token", "url-key", "verify"),
          new Admission(
              List.of(AuthenticationMode.parse("url-key+address"), AuthenticationMode.SIGNATURE),
              List.of("203.0.113.0/24", "2001:db8::/32")));

  SourceStoreContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void accountsComeBackAsTheyWereWritten() {
    store.sources().putSource(CHANNEL);
    store.sources().putSource(ACCOUNT);
    reopen();
    assertThat(store.sources().sources()).containsExactly(ACCOUNT, CHANNEL);
  }

  @Test
  void puttingAnAccountAgainReplacesItAndOnlyIt() {
    store.sources().putSource(CHANNEL);
    store.sources().putSource(ACCOUNT);
    SourceAccount changed =
        new SourceAccount(
            WORKSPACE,
            DialectName.TURN,
            new SourceChannel("c1", "p2", "w2", "1"),
            new Access(List.of(new Secret("other", null)), null, null, null, null),
            Admission.SIGNED);
    store.sources().putSource(changed);
    assertThat(store.sources().sources()).containsExactly(ACCOUNT, changed);
  }

  @Test
  void aDeletedAccountIsGone() {
    store.sources().putSource(CHANNEL);
    assertThat(store.sources().deleteSource(DialectName.EXOTEL, "c1")).isFalse();
    assertThat(store.sources().deleteSource(DialectName.TURN, "c1")).isTrue();
    assertThat(store.sources().deleteSource(DialectName.TURN, "c1")).isFalse();
    assertThat(store.sources().sources()).isEmpty();
  }

  @Test
  void theVersionGrowsWithEveryChange() {
    long version = store.resources().version();
    store.sources().putSource(CHANNEL);
    long changed = store.resources().version();
    assertThat(changed).isGreaterThan(version);
    store.sources().deleteSource(DialectName.TURN, "other");
    assertThat(store.resources().version()).isEqualTo(changed);
    store.sources().deleteSource(DialectName.TURN, "c1");
    assertThat(store.resources().version()).isGreaterThan(changed);
  }
}
