package dev.chasqui.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.journal.Fact.WebhookReceived;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import dev.chasqui.model.WorkspaceId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactCodecTest {

  private static final int KIND_AT = 0;
  private static final int VERSION_AT = 1;
  private static final int FLAGS_AT = 2;

  @Test
  void webhookComesBackAsItWas() {
    Fact fact = Facts.webhook(7, 5_000);

    assertThat(FactCodec.decode(FactCodec.encode(fact, 0))).isEqualTo(fact);
  }

  @Test
  void webhookOfAnotherSenderComesBackWithItsChannel() {
    for (long number = 1; number <= 2; number++) {
      Fact fact = Facts.ofSender(number);
      assertThat(FactCodec.decode(FactCodec.encode(fact, 0))).isEqualTo(fact);
    }
  }

  @Test
  void metasWebhooksAreWrittenAsEarlierVersionsReadThem() {
    assertThat(FactCodec.encode(Facts.webhook(1), 0).at(VERSION_AT)).isEqualTo((byte) 1);
    assertThat(FactCodec.encode(Facts.ofSender(1), 0).at(VERSION_AT)).isEqualTo((byte) 2);
  }

  @Test
  void submittedMessageComesBackWithWhatBecameOfIt() {
    for (Sending.Outcome outcome : Facts.outcomes()) {
      Fact fact = Facts.submitted(3, outcome);
      assertThat(FactCodec.decode(FactCodec.encode(fact, 0))).isEqualTo(fact);
    }
  }

  @Test
  void webhookOfNothingComesBackAsItWas() {
    Fact fact = bare(Facts.webhook(7));

    assertThat(FactCodec.decode(FactCodec.encode(fact, 0))).isEqualTo(fact);
  }

  @Test
  void duplicateComesBackAsItWas() {
    Fact fact = Facts.duplicate(7);

    assertThat(FactCodec.decode(FactCodec.encode(fact, 0))).isEqualTo(fact);
  }

  @Test
  void timeIsKeptToTheMicrosecond() {
    WebhookReceived fact = Facts.webhook(1);
    Fact finer = new Fact.DuplicateSeen(fact.eventId(), fact.at().plusNanos(999));

    assertThat(FactCodec.decode(FactCodec.encode(finer, 0)).at()).isEqualTo(fact.at());
  }

  @Test
  void headroomIsLeftFreeAndZero() {
    Bytes framed = FactCodec.encode(Facts.webhook(1), 8);

    assertThat(framed.offset()).isZero();
    assertThat(framed.slice(0, 8)).isEqualTo(Bytes.of(new byte[8]));
    assertThat(framed.slice(8, framed.length() - 8))
        .isEqualTo(FactCodec.encode(Facts.webhook(1), 0));
  }

  @Test
  void bodyIsAViewOnTheBytesRead() {
    Bytes encoded = FactCodec.encode(Facts.webhook(1), 0);

    WebhookReceived fact = (WebhookReceived) FactCodec.decode(encoded);

    assertThat(fact.body().array()).isSameAs(encoded.array());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 0, 99})
  void kindThatIsNotKnownIsTold(int kind) {
    assertDamaged(changed(KIND_AT, kind), "kind " + kind);
  }

  @Test
  void versionThatIsNotKnownIsTold() {
    assertDamaged(changed(VERSION_AT, 3), "version 3");
  }

  @Test
  void flagThatIsNotKnownIsTold() {
    assertDamaged(changed(FLAGS_AT, 1), "flags 256");
  }

  @Test
  void everyCutIsTold() {
    Bytes encoded = FactCodec.encode(Facts.webhook(1), 0);
    for (int length = 0; length < encoded.length(); length++) {
      assertDamaged(encoded.slice(0, length), "not a fact: ends early");
    }
  }

  @Test
  void bytesBehindTheEndAreTold() {
    Bytes encoded = FactCodec.encode(Facts.webhook(1), 0);
    byte[] longer = Arrays.copyOf(encoded.toArray(), encoded.length() + 1);

    assertDamaged(Bytes.of(longer), "1 bytes too many");
  }

  private static Fact bare(WebhookReceived fact) {
    return new WebhookReceived(
        fact.eventId(),
        fact.at(),
        new Fact.Origin(WorkspaceId.DEFAULT, "", null),
        new Fact.Verdicts(false, false, Summary.notAnEnvelope(Topic.INVALID_JSON, null)),
        new Fact.Head(List.of(), ""),
        Bytes.EMPTY,
        Bytes.EMPTY);
  }

  private static Bytes changed(int at, int value) {
    byte[] bytes = FactCodec.encode(Facts.webhook(1), 0).toArray();
    bytes[at] = (byte) value;
    return Bytes.of(bytes);
  }

  private static void assertDamaged(Bytes bytes, String why) {
    assertThatThrownBy(() -> FactCodec.decode(bytes))
        .hasMessageContaining(why)
        .isInstanceOfSatisfying(
            JournalException.class,
            e -> assertThat(e.kind()).isEqualTo(JournalException.Kind.DAMAGED));
  }
}
