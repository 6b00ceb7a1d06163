package dev.chasqui.dialect.meta;

import static dev.chasqui.dialect.meta.Samples.change;
import static dev.chasqui.dialect.meta.Samples.entry;
import static dev.chasqui.dialect.meta.Samples.envelope;
import static dev.chasqui.dialect.meta.Samples.envelopeOf;
import static dev.chasqui.dialect.meta.Samples.messages;
import static dev.chasqui.dialect.meta.Samples.read;
import static dev.chasqui.dialect.meta.Samples.status;
import static dev.chasqui.dialect.meta.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemPath;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeCutterTest {

  private static final String A = text("wamid.A");
  private static final String B = text("wamid.B");
  private static final String C = text("wamid.C");

  /// Cuts an envelope down to paths written as `e.c.i`.
  private static String cut(String json, String... paths) {
    List<ItemPath> wanted = Arrays.stream(paths).map(ItemPath::parse).toList();
    return EnvelopeCutter.cut(read(json), wanted).toUtf8();
  }

  private static String batch(String... items) {
    return messages("\"messages\":[" + String.join(",", items) + "]");
  }

  @Test
  void everythingWantedIsTheSameBytes() {
    Envelope envelope = read(envelope(batch(A, B), change("flows", "{}")));
    List<ItemPath> all =
        List.of(new ItemPath(0, 0, 0), new ItemPath(0, 0, 1), ItemPath.ofChange(0, 1));
    assertThat(EnvelopeCutter.cut(envelope, all)).isSameAs(envelope.body());
    assertThat(EnvelopeCutter.isAllOf(envelope, all)).isTrue();
    List<ItemPath> changes = List.of(ItemPath.ofChange(0, 0), ItemPath.ofChange(0, 1));
    assertThat(EnvelopeCutter.cut(envelope, changes)).isSameAs(envelope.body());
    assertThat(EnvelopeCutter.isAllOf(envelope, changes.subList(0, 1))).isFalse();
  }

  @Test
  void malformedPartsDoNotMakeAWholeEnvelopeAPart() {
    Envelope envelope = read(envelopeOf("null", entry("1", "7", batch("null", A))));
    assertThat(EnvelopeCutter.cut(envelope, List.of(new ItemPath(1, 1, 1))))
        .isSameAs(envelope.body());
  }

  @Test
  void itemsAreCutOutOfTheirArray() {
    String json = envelope(batch(A, B, C));
    assertThat(cut(json, "0.0.0")).isEqualTo(envelope(batch(A)));
    assertThat(cut(json, "0.0.1")).isEqualTo(envelope(batch(B)));
    assertThat(cut(json, "0.0.2")).isEqualTo(envelope(batch(C)));
    assertThat(cut(json, "0.0.0", "0.0.2")).isEqualTo(envelope(batch(A, C)));
    assertThat(cut(json, "0.0.2", "0.0.1")).isEqualTo(envelope(batch(B, C)));
  }

  @Test
  void anArrayThatLosesAllBecomesEmpty() {
    String rest = "\"contacts\":[{}],\"statuses\":[ " + status("s", "sent") + " ]";
    String json = envelope(messages("\"messages\":[ " + A + " ]," + rest));
    assertThat(cut(json, "0.0.1")).isEqualTo(envelope(messages("\"messages\":[]," + rest)));
  }

  @Test
  void changesAndEntriesThatLoseAllAreLeftOut() {
    String one = entry("1", batch(A), change("flows", "{}"));
    String two = entry("2", change("security", "{}"));
    String three = entry("3", batch(B, C));
    String json = envelopeOf(one, two, three);
    assertThat(cut(json, "0.0.-1", "2.0.1"))
        .isEqualTo(envelopeOf(entry("1", batch(A)), entry("3", batch(C))));
    assertThat(cut(json, "1.0.-1")).isEqualTo(envelopeOf(two));
    assertThat(cut(json, "0.1.-1", "1.0.-1"))
        .isEqualTo(envelopeOf(entry("1", change("flows", "{}")), two));
  }

  @Test
  void whatIsKeptKeepsItsBytes() {
    String json =
        "\uFEFF { \"entry\" : [ {\"changes\":[ %s ,\n %s ] , \"id\":\"ä\"} , {\"id\":\"2\"} ],\n \"object\":\"whatsapp_business_account\" , \"x\":[1] } "
            .formatted(batch(A), change("flows", "{ \"kept\" : 1.0 }"));
    assertThat(cut(json, "0.1.-1"))
        .isEqualTo(
            "\uFEFF { \"entry\" : [ {\"changes\":[ %s ] , \"id\":\"ä\"} ],\n \"object\":\"whatsapp_business_account\" , \"x\":[1] } "
                .formatted(change("flows", "{ \"kept\" : 1.0 }")));
  }

  @Test
  void aWantedChangeKeepsEvenItsMalformedItems() {
    String json = envelope(batch("null", A), change("flows", "{}"));
    assertThat(cut(json, "0.0.-1")).isEqualTo(envelope(batch("null", A)));
    assertThat(cut(json, "0.0.1")).isEqualTo(envelope(batch(A)));
  }

  @Test
  void nothingWantedLeavesAnEmptyEnvelope() {
    assertThat(cut(envelope(batch(A)))).isEqualTo(envelopeOf());
  }

  @Test
  void aPathThatLeadsNowhereIsRefused() {
    Envelope envelope = read(envelope(batch(A)));
    for (String path : List.of("0.0.1", "0.1.-1", "1.0.0")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> EnvelopeCutter.cut(envelope, List.of(ItemPath.parse(path))));
    }
  }

  @Test
  void aViewInsideALargerArrayIsCutRight() {
    Bytes body = Bytes.utf8("xx" + envelope(batch(A, B)) + "yy");
    Envelope envelope = read(body.slice(2, body.length() - 4));
    assertThat(EnvelopeCutter.cut(envelope, List.of(new ItemPath(0, 0, 1))).toUtf8())
        .isEqualTo(envelope(batch(B)));
  }
}
