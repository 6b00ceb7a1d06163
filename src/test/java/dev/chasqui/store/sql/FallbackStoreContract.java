package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.FallbackChannel.Credential;
import dev.chasqui.model.WorkspaceId;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

abstract class FallbackStoreContract extends StoreContract {

  private static final WorkspaceId OTHER = new WorkspaceId("other");
  private static final FallbackChannel CHANNEL =
      new FallbackChannel(
          WORKSPACE,
          "1",
          URI.create("https://sms.example.com/send?to=all"),
          List.of(Credential.of("new"), new Credential("former", at(9))),
          5,
          true,
          List.of(Credential.of("u2"), new Credential("u1", at(8))));

  FallbackStoreContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  private static FallbackChannel plain(WorkspaceId workspace, String number) {
    return new FallbackChannel(
        workspace,
        number,
        URI.create("http://127.0.0.1/"),
        List.of(Credential.of("s")),
        100,
        false,
        List.of(Credential.of("uuid")));
  }

  @Test
  void channelsComeBackAsTheyWereWritten() {
    store.fallbacks().putFallbackChannel(plain(OTHER, "1"));
    store.fallbacks().putFallbackChannel(plain(WORKSPACE, "2"));
    store.fallbacks().putFallbackChannel(CHANNEL);
    reopen();
    assertThat(store.fallbacks().fallbackChannels())
        .containsExactly(CHANNEL, plain(WORKSPACE, "2"), plain(OTHER, "1"));
    assertThat(store.fallbacks().fallbackChannel(WORKSPACE, "1")).contains(CHANNEL);
    assertThat(store.fallbacks().fallbackChannel(OTHER, "2")).isEmpty();
  }

  @Test
  void puttingAChannelAgainReplacesItAndOnlyIt() {
    store.fallbacks().putFallbackChannel(CHANNEL);
    store.fallbacks().putFallbackChannel(plain(OTHER, "1"));
    store.fallbacks().putFallbackChannel(plain(WORKSPACE, "1"));
    assertThat(store.fallbacks().fallbackChannels())
        .containsExactly(plain(WORKSPACE, "1"), plain(OTHER, "1"));
  }

  @Test
  void aDeletedChannelIsGone() {
    store.fallbacks().putFallbackChannel(CHANNEL);
    assertThat(store.fallbacks().deleteFallbackChannel(OTHER, "1")).isFalse();
    assertThat(store.fallbacks().deleteFallbackChannel(WORKSPACE, "1")).isTrue();
    assertThat(store.fallbacks().deleteFallbackChannel(WORKSPACE, "1")).isFalse();
    assertThat(store.fallbacks().fallbackChannels()).isEmpty();
  }

  @Test
  void theVersionGrowsWithEveryChange() {
    long version = store.resources().version();
    store.fallbacks().putFallbackChannel(CHANNEL);
    long changed = store.resources().version();
    assertThat(changed).isGreaterThan(version);
    store.fallbacks().deleteFallbackChannel(WORKSPACE, "unknown");
    assertThat(store.resources().version()).isEqualTo(changed);
    store.fallbacks().deleteFallbackChannel(WORKSPACE, "1");
    assertThat(store.resources().version()).isGreaterThan(changed);
  }
}
