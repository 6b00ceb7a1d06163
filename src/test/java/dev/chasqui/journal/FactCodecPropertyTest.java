package dev.chasqui.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever the fact, it comes back as it was.
class FactCodecPropertyTest {

  @Property(tries = 300)
  void everyWebhookComesBackAsItWas(@ForAll("webhooks") Fact fact) {
    assertThat(FactCodec.decode(FactCodec.encode(fact, 0))).isEqualTo(fact);
  }

  @Property(tries = 100)
  void everyDuplicateComesBackAsItWas(
      @ForAll("ids") EventId id, @ForAll("times") Instant at, @ForAll("headrooms") int headroom) {
    Fact fact = new Fact.DuplicateSeen(id, at);
    Bytes encoded = FactCodec.encode(fact, headroom);

    assertThat(FactCodec.decode(encoded.slice(headroom, encoded.length() - headroom)))
        .isEqualTo(fact);
  }

  @Provide
  Arbitrary<Integer> headrooms() {
    return Arbitraries.integers().between(0, 64);
  }

  @Provide
  Arbitrary<EventId> ids() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
        .as((high, low) -> new EventId(new Ulid(high, low)));
  }

  @Provide
  Arbitrary<Instant> times() {
    return Arbitraries.longs()
        .between(-1_000_000_000_000_000L, 10_000_000_000_000_000L)
        .map(
            micros ->
                Instant.EPOCH
                    .plusSeconds(micros / 1_000_000)
                    .plusNanos(micros % 1_000_000 * 1_000));
  }

  @Provide
  Arbitrary<Fact.WebhookReceived> webhooks() {
    return Combinators.combine(
            ids(), times(), origins(), verdicts(), heads(), bytes(32), bytes(4_000))
        .as(Fact.WebhookReceived::new);
  }

  private static Arbitrary<Fact.Origin> origins() {
    Arbitrary<WorkspaceId> workspaces =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .ofMinLength(1)
            .ofMaxLength(40)
            .map(WorkspaceId::new);
    return Combinators.combine(workspaces, texts(), texts().injectNull(0.3)).as(Fact.Origin::new);
  }

  private static Arbitrary<Fact.Verdicts> verdicts() {
    return Combinators.combine(
            Arbitraries.of(true, false), Arbitraries.of(true, false), summaries())
        .as(Fact.Verdicts::new);
  }

  private static Arbitrary<Summary> summaries() {
    Arbitrary<Integer> counts = Arbitraries.integers().greaterOrEqual(0);
    Arbitrary<Summary.Contents> contents =
        Combinators.combine(texts().list().ofMaxSize(5), Arbitraries.of(true, false))
            .as(Summary.Contents::new);
    return Combinators.combine(
            texts().injectNull(0.3),
            counts,
            counts,
            Arbitraries.of(Topic.values()),
            counts,
            counts,
            contents)
        .as(Summary::new);
  }

  private static Arbitrary<Fact.Head> heads() {
    Arbitrary<Fact.Header> headers = Combinators.combine(texts(), texts()).as(Fact.Header::new);
    return Combinators.combine(headers.list().ofMaxSize(20), texts()).as(Fact.Head::new);
  }

  /// Every text that UTF-8 can carry: no half of a surrogate pair.
  private static Arbitrary<String> texts() {
    return Arbitraries.strings().withCharRange('\0', '\uD7FF').ofMaxLength(60);
  }

  private static Arbitrary<Bytes> bytes(int max) {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(max).map(Bytes::of);
  }
}
