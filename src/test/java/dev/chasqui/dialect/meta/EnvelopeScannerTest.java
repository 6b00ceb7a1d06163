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

import dev.chasqui.dialect.meta.Envelope.Account;
import dev.chasqui.dialect.meta.Envelope.Change;
import dev.chasqui.dialect.meta.Envelope.Entry;
import dev.chasqui.json.Range;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Skipped;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeScannerTest {

  private static Summary summary(String json) {
    return EnvelopeScanner.scan(Bytes.utf8(json)).summary();
  }

  @Test
  void countsWhatAnEnvelopeHolds() {
    Summary summary =
        summary(
            envelopeOf(
                entry("1", messages("\"messages\":[" + text("a") + "," + text("b") + "]")),
                entry(
                    "2",
                    messages("\"statuses\":[" + status("a", "sent") + "]"),
                    change("account_alerts", "{}"))));
    assertThat(summary)
        .isEqualTo(
            new Summary(
                Envelope.OBJECT,
                2,
                3,
                Topic.MESSAGES,
                2,
                1,
                new Summary.Contents(List.of("messages", "account_alerts"), false)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "messages":[{}],"statuses":[{}] | messages
          "statuses":[{}],"messages":[{}] | messages
          "statuses":[{}]                 | message_status
          "messages":[],"statuses":[{}]   | message_status
          "messages":[],"statuses":[]     | unknown
          "errors":[{}]                   | unknown
          "messages":null                 | unknown
          "messages":{}                   | unknown
          """)
  void tellsTheTopic(String members, String topic) {
    assertThat(summary(envelope(messages(members))).topic().wire()).isEqualTo(topic);
  }

  @Test
  void itemsOfOtherFieldsAreNotCounted() {
    Summary summary =
        summary(
            envelope(
                change("calls", "{\"statuses\":[{}]}"), change("history", "{\"messages\":[{}]}")));
    assertThat(summary.topic()).isEqualTo(Topic.UNKNOWN);
    assertThat(summary.messageCount() + summary.statusCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "not json", "{\"object\":\"whatsapp_business_account\",\"entry\":[]} x"})
  void whatDoesNotParseIsInvalidJson(String body) {
    assertThat(summary(body)).isEqualTo(Summary.notAnEnvelope(Topic.INVALID_JSON, null));
  }

  @Test
  void aFaultAnywhereMakesTheWholeInvalid() {
    String sound = envelope(messages("\"messages\":[" + text("a") + "]"));
    for (int length = 0; length < sound.length(); length++) {
      assertThat(EnvelopeScanner.scan(Bytes.utf8(sound.substring(0, length))))
          .isInstanceOf(Scan.InvalidJson.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void otherEncodingsAreInvalidJson(String charset) {
    byte[] body = envelope().getBytes(Charset.forName(charset));
    assertThat(EnvelopeScanner.scan(Bytes.of(body))).isInstanceOf(Scan.InvalidJson.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "1",
        "\"text\"",
        "[]",
        "[{\"object\":\"whatsapp_business_account\",\"entry\":[]}]",
        "{}",
        "{\"entry\":[]}",
        "{\"object\":\"whatsapp_business_account\"}",
        "{\"object\":\"whatsapp_business_account\",\"entry\":null}",
        "{\"object\":\"whatsapp_business_account\",\"entry\":{}}",
        "{\"object\":[\"whatsapp_business_account\"],\"entry\":[]}",
      })
  void otherDocumentsAreInvalidPayloads(String body) {
    assertThat(summary(body).topic()).isEqualTo(Topic.INVALID_PAYLOAD);
  }

  @Test
  void anotherPlatformsWebhookKeepsItsObject() {
    assertThat(summary("{\"object\":\"page\",\"entry\":[{\"id\":\"1\"}]}"))
        .isEqualTo(Summary.notAnEnvelope(Topic.INVALID_PAYLOAD, "page"));
  }

  @Test
  void anEmptyEnvelopeIsAnEnvelope() {
    assertThat(summary(envelopeOf()).topic()).isEqualTo(Topic.UNKNOWN);
    assertThat(summary(envelopeOf("{}")).entries()).isEqualTo(1);
  }

  @Test
  void malformedPartsAreSkippedWithTheirPaths() {
    Envelope envelope =
        read(
            envelopeOf(
                "null",
                "{\"changes\":\"x\"}",
                "{\"changed_fields\":[\"messages\"]}",
                entry(
                    "1",
                    "7",
                    "{\"value\":{}}",
                    "{\"field\":\"messages\"}",
                    change("messages", "\"x\""),
                    "{\"field\":123,\"value\":{}}",
                    messages("\"messages\":[1," + text("a") + "],\"statuses\":{}"))));
    assertThat(envelope.skipped())
        .extracting(part -> part.path() + " " + part.reason().wire())
        .containsExactly(
            "entry[0] malformed_entry",
            "entry[1].changes malformed_entry",
            "entry[2].changed_fields unsupported_field",
            "entry[3].changes[0] malformed_change",
            "entry[3].changes[1] malformed_change",
            "entry[3].changes[2] malformed_change",
            "entry[3].changes[3] malformed_change",
            "entry[3].changes[4] malformed_change",
            "entry[3].changes[5].value.messages[0] malformed_field",
            "entry[3].changes[5].value.statuses malformed_field");
    assertThat(envelope.summary().changeCount()).isEqualTo(5);
    assertThat(envelope.summary().messageCount()).isEqualTo(1);
    assertThat(envelope.summary().fields()).containsExactly("messages", "123");
    assertThat(Notifications.of(envelope)).hasSize(1);
  }

  @Test
  void rangesAreByteExact() {
    String item = text("wamid.é😀");
    String change =
        messages(
            "\"contacts\":[{\"profile\":{\"name\":\"Ñandú\"}}] , \"messages\": [ " + item + " ]");
    String entry = entry("ä", change);
    Envelope envelope = read(Bytes.utf8("\uFEFF " + envelopeOf(entry)));
    Entry first = envelope.entries().getFirst();
    Change only = first.changes().getFirst();
    assertThat(at(envelope, first.range())).isEqualTo(entry);
    assertThat(at(envelope, only.range())).isEqualTo(change);
    assertThat(at(envelope, only.item(0))).isEqualTo(item);
    assertThat(at(envelope, only.items().getFirst().array())).isEqualTo("[ " + item + " ]");
    assertThat(at(envelope, only.account().contacts())).startsWith("[{").contains("Ñandú");
    assertThat(at(envelope, only.value())).startsWith("{\"messaging").endsWith("}");
  }

  @Test
  void orderOfMembersDoesNotMatter() {
    Envelope envelope =
        read(
            "{\"entry\":[{\"changes\":[{\"value\":{\"messages\":[{}],"
                + Samples.METADATA
                + "},\"field\":\"messages\"}],\"time\":5,\"id\":\"w\"}],"
                + "\"object\":\"whatsapp_business_account\"}");
    assertThat(envelope.summary().topic()).isEqualTo(Topic.MESSAGES);
    Account account = envelope.entries().getFirst().changes().getFirst().account();
    assertThat(account.wabaId()).isEqualTo("w");
    assertThat(account.phoneNumberId()).isEqualTo(Samples.NUMBER);
    assertThat(envelope.entries().getFirst().time()).isEqualTo("5");
  }

  @Test
  void escapedNamesAreTheSameNames() {
    String plain = envelope(messages("\"messages\":[" + text("a") + "]"));
    String escaped =
        plain.replace("\"entry\"", "\"\\u0065ntry\"").replace("\"field\"", "\"f\\u0069eld\"");
    assertThat(summary(escaped)).isEqualTo(summary(plain));
  }

  @Test
  void theLastOfTwoMembersCounts() {
    Summary summary =
        summary(
            "{\"object\":\"page\",\"entry\":[null,{\"id\":\"0\"}],\"object\":\"whatsapp_business_account\",\"entry\":["
                + entry(
                    "1",
                    "{\"field\":\"x\",\"value\":{\"messages\":[{},{}],\"messages\":[{}]},\"field\":\"messages\"}")
                + "]}");
    assertThat(summary.entries()).isEqualTo(1);
    assertThat(summary.messageCount()).isEqualTo(1);
    assertThat(summary.contents().dashboardTest()).isFalse();
    assertThat(summary.fields()).containsExactly("messages");
  }

  @Test
  void theDashboardsTestIsToldByItsEntryId() {
    Envelope envelope = read(envelopeOf(entry("0", messages("\"messages\":[{}]"))));
    assertThat(envelope.summary().contents().dashboardTest()).isTrue();
    assertThat(envelope.entries().getFirst().changes().getFirst().account().wabaId()).isNull();
  }

  @Test
  void largeEnvelopesAreRead() {
    String items = String.join(",", Collections.nCopies(12_000, text("wamid.X")));
    Summary summary = summary(envelope(messages("\"messages\":[" + items + "]")));
    assertThat(summary.messageCount()).isEqualTo(12_000);
    String long1 = "\"messages\":[{\"id\":\"" + "x".repeat(4 << 20) + "\"}]";
    assertThat(summary(envelope(messages(long1))).messageCount()).isEqualTo(1);
  }

  @Test
  void depthIsBounded() {
    String bomb = "[".repeat(2 << 20);
    assertThat(EnvelopeScanner.scan(Bytes.utf8(bomb))).isInstanceOf(Scan.InvalidJson.class);
    String deep = "[".repeat(500) + "]".repeat(500);
    assertThat(summary(envelope(messages("\"messages\":[{\"x\":" + deep + "}]"))).messageCount())
        .isEqualTo(1);
  }

  @Test
  void theReasonOfInvalidJsonTellsThePlace() {
    Scan scan = EnvelopeScanner.scan(Bytes.of("{\"object\" 1}".getBytes(StandardCharsets.UTF_8)));
    assertThat(scan).isEqualTo(new Scan.InvalidJson("expected : at byte 10"));
  }

  @Test
  void skippedReasonsHaveTheirWords() {
    assertThat(Skipped.Reason.values())
        .extracting(Skipped.Reason::wire)
        .containsExactly(
            "malformed_entry", "malformed_change", "malformed_field", "unsupported_field");
  }

  private static String at(Envelope envelope, Range range) {
    return range.of(envelope.body()).toUtf8();
  }
}
