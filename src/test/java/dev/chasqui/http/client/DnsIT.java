package dev.chasqui.http.client;

import static dev.chasqui.http.client.Senders.LONG;
import static dev.chasqui.http.client.Senders.addresses;
import static dev.chasqui.http.client.Senders.answer;
import static dev.chasqui.http.client.Senders.failure;
import static dev.chasqui.http.client.Senders.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.client.NameServer.Reply;
import dev.chasqui.http.client.Resolver.NotFound;
import dev.chasqui.http.client.Resolver.Resolution;
import dev.chasqui.http.client.Resolver.TemporaryFailure;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.testkit.Conditions;
import io.netty.channel.EventLoop;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Names, asked of a name server that answers, refuses or is silent.
class DnsIT {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Reply HERE = Reply.of("127.0.0.1");

  private final EventLoops loops = EventLoops.start(1);
  private final AtomicLong now = new AtomicLong();
  private NameServer server;
  private Resolver resolver;

  @BeforeEach
  void open() throws IOException {
    server = new NameServer((_, _) -> HERE);
    resolver = resolver(100);
  }

  @AfterEach
  void close() {
    resolver.close();
    server.close();
    loops.close();
  }

  @Test
  void findsAddressesOfBothKinds() throws Exception {
    server.says((_, type) -> Reply.of(type == NameServer.A ? "192.0.2.1" : "2001:db8::1"));

    assertThat(resolver.resolve("both.example", LONG))
        .isEqualTo(addresses("192.0.2.1", "2001:db8::1"));
  }

  @Test
  void tellsAMissingNameFromAServerThatCannotSay() throws Exception {
    server.says((_, _) -> Reply.of(NameServer.NO_SUCH_NAME));
    assertThat(resolver.resolve("missing.example", LONG)).isInstanceOf(NotFound.class);

    server.says((_, _) -> Reply.of(NameServer.NO_ERROR));
    assertThat(resolver.resolve("empty.example", LONG)).isInstanceOf(NotFound.class);

    server.says((_, _) -> Reply.of(NameServer.SERVER_FAILURE));
    assertThat(resolver.resolve("broken.example", LONG)).isInstanceOf(TemporaryFailure.class);
  }

  /// One of the two questions went wrong: nobody knows whether the name has such an address.
  @Test
  void aNameOfWhichHalfIsUnknownIsNotMissing() throws Exception {
    server.says(
        (_, type) ->
            Reply.of(type == NameServer.A ? NameServer.SERVER_FAILURE : NameServer.NO_ERROR));

    assertThat(resolver.resolve("half.example", LONG)).isInstanceOf(TemporaryFailure.class);
  }

  @Test
  void silenceIsATemporaryFailureAtTheLimit() throws Exception {
    server.says((_, _) -> NameServer.SILENCE);

    assertThat(resolver.resolve("silent.example", SHORT)).isInstanceOf(TemporaryFailure.class);
  }

  @Test
  void silentServersHoldUpNobodyElse() throws Exception {
    server.says((name, _) -> name.startsWith("silent") ? NameServer.SILENCE : HERE);
    for (int i = 0; i < 90; i++) {
      String name = "silent" + i + ".example";
      Thread.ofVirtual().start(() -> ask(name));
    }
    Conditions.until("all are asked for", () -> server.asked.stream().distinct().count() >= 90);

    assertThat(resolver.resolve("loud.example", SHORT)).isEqualTo(addresses("127.0.0.1"));
  }

  @Test
  void namesThatWereKnownGoOnWhileServersAreSilent() throws Exception {
    assertThat(resolver.resolve("known.example", LONG)).isEqualTo(addresses("127.0.0.1"));
    server.says((_, _) -> NameServer.SILENCE);

    for (int i = 0; i < 50; i++) {
      now.addAndGet(Duration.ofMinutes(20).toNanos());
      assertThat(resolver.resolve("known.example", LONG)).isEqualTo(addresses("127.0.0.1"));
    }
  }

  @Test
  void namesThatWereKnownGoOnWhileServersFail() throws Exception {
    resolver.resolve("known.example", LONG);
    server.says((_, _) -> Reply.of(NameServer.SERVER_FAILURE));
    now.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(resolver.resolve("known.example", LONG)).isEqualTo(addresses("127.0.0.1"));
    now.addAndGet(Duration.ofHours(24).toNanos());
    assertThat(resolver.resolve("known.example", LONG)).isInstanceOf(TemporaryFailure.class);
  }

  @Test
  void aNewAnswerTakesThePlaceOfTheOldOne() throws Exception {
    resolver.resolve("moving.example", LONG);
    server.says((_, _) -> Reply.of("127.0.0.2"));
    assertThat(resolver.resolve("moving.example", LONG)).isEqualTo(addresses("127.0.0.1"));

    now.addAndGet(Duration.ofSeconds(11).toNanos());
    Conditions.until("it has moved", () -> ask("moving.example").equals(addresses("127.0.0.2")));
    server.says((_, _) -> Reply.of(NameServer.NO_SUCH_NAME));
    now.addAndGet(Duration.ofSeconds(11).toNanos());
    Conditions.until("it is gone", () -> ask("moving.example") instanceof NotFound);
  }

  @Test
  void moreNamesThanMayBeAskedForAtOnceFail() throws Exception {
    server.says((_, _) -> NameServer.SILENCE);
    try (Resolver narrow = resolver(1)) {
      Thread first = Thread.ofVirtual().start(() -> ask(narrow, "first.example"));
      Conditions.until("the first is asked for", () -> server.asked.contains("first.example"));

      assertThat(narrow.resolve("second.example", LONG))
          .isEqualTo(new TemporaryFailure("too many names wait for the name servers"));
      first.join();
    }
  }

  @Test
  void namesOfTheHostsFileNeedNoServer() throws Exception {
    server.says((_, _) -> NameServer.SILENCE);

    assertThat(resolver.resolve("localhost", LONG))
        .isInstanceOfSatisfying(
            Resolver.Found.class,
            it -> assertThat(it.addresses()).allMatch(address -> address.isLoopbackAddress()));
    assertThat(server.asked).isEmpty();
  }

  @Test
  void shortNamesAreLookedForInTheSearchDomainsAndAbsoluteOnesAreNot() throws Exception {
    server.says(
        (name, _) -> name.equals("bridge.team.example") ? HERE : Reply.of(NameServer.NO_SUCH_NAME));
    try (Lookup lookup =
        new DnsLookup(
            DnsLookup.builder(loop()).searchDomains(List.of("team.example")).ndots(1),
            List.of(server.address()))) {
      assertThat(lookup.ask("bridge").join()).isEqualTo(addresses("127.0.0.1"));
      assertThat(lookup.ask("bridge.").join()).isInstanceOf(NotFound.class);
      assertThat(lookup.ask("other").join()).isInstanceOf(NotFound.class);
    }
  }

  @Test
  void whatANameLeadsToIsCheckedAsBefore() throws Exception {
    server.says((name, _) -> Reply.of(name.equals("inside.example") ? "10.0.0.1" : "127.0.0.1"));
    ClientSettings settings =
        Senders.LOOPBACK.withNames(
            new ClientSettings.Names(List.of(server.address()), Duration.ofHours(1), 10));
    try (RawReceiver receiver = RawReceiver.friendly();
        HttpSender sender = HttpSender.start(loops, settings)) {
      String port = ":" + receiver.port() + "/";

      assertThat(answer(sender.send(post("http://ok.example" + port, "", LONG))).status())
          .isEqualTo(200);
      assertThat(failure(sender.send(post("http://inside.example" + port, "", LONG))))
          .isEqualTo(Failure.ADDRESS_REFUSED);
    }
  }

  private Resolution ask(String name) {
    return ask(resolver, name);
  }

  private static Resolution ask(Resolver resolver, String name) {
    try {
      return resolver.resolve(name, SHORT);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Resolver resolver(int questions) {
    return new RememberingResolver(
        new DnsLookup(loop(), List.of(server.address())),
        RememberingResolver.Times.of(Duration.ofHours(24)),
        questions,
        now::get);
  }

  private EventLoop loop() {
    return ((ContextInternal) loops.contexts().getFirst()).nettyEventLoop();
  }
}
