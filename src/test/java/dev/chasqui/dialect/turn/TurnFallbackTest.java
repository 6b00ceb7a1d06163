package dev.chasqui.dialect.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.Incoming;
import dev.chasqui.dialect.Render;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.dialect.Translated;
import dev.chasqui.dialect.Translation;
import dev.chasqui.dialect.meta.Envelope;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.dialect.meta.Notifications;
import dev.chasqui.dialect.meta.Submissions;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.Via;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Messages that were sent, and what the fallback channel says, as receivers of Turn's dialect get
/// them.
class TurnFallbackTest {

  private static final ItemPath FIRST = new ItemPath(0, 0, 0);
  private static final String PAYLOAD =
      "{\"preview_url\": false,\n"
          + "\"to\":\"+51 900\",\"type\":\"text\",\"text\":{\"body\":\"a  b\"}}";

  private final TurnDialect dialect = new TurnDialect();
  private final Render render = new Render(dialect);

  private static Bytes submission(String payload, Sending sending) {
    return Submissions.envelope(Translated.CHANNEL, Render.RECEIVED, sending, Bytes.utf8(payload));
  }

  private static Sending sending(Via via, String kind, Outcome outcome) {
    return new Sending(
        new EventId(Ulid.first(Render.RECEIVED)),
        via,
        new Sending.Author(kind, "tok_1"),
        new Sending.Content("text", new Participant("51900", null, null)),
        null,
        outcome);
  }

  private static Outcome accepted(@Nullable String waId) {
    return new Outcome.Accepted("wamid.X", new Participant(waId, "PE.1", null), Bytes.utf8("{}"));
  }

  private static Notification only(Bytes envelope) {
    return Notifications.of((Envelope) EnvelopeScanner.scan(envelope)).getFirst();
  }

  private static Map<String, String> headers(Rendered rendered) {
    return rendered.headerMap();
  }

  @Test
  void whatWasSentIsTheSubmittedPayloadAndWhatTurnAdds() {
    Bytes event = submission(PAYLOAD, sending(Via.WHATSAPP, "api", accepted("51900")));
    Rendered rendered = render.subscribed("turn").item(event, FIRST, Render.RECEIVED);
    assertThat(rendered.body().toUtf8())
        .startsWith(
            "{\"preview_url\":false,\"to\":\"+51 900\",\"type\":\"text\","
                + "\"text\":{\"body\":\"a  b\"},\"from\":\"15550001111\",\"id\":\"wamid.X\","
                + "\"timestamp\":\"1767225605\",\"_vnd\":{\"v1\":{\"author\":{")
        .doesNotContain("\n");
    JsonNode block = Json.read(rendered.body()).path("_vnd").path("v1");
    assertThat(block.path("direction").stringValue()).isEqualTo("outbound");
    assertThat(block.path("author").path("name").stringValue()).isEqualTo("api");
    assertThat(block.path("author").path("type").stringValue()).isEqualTo("SYSTEM");
    assertThat(block.path("chat").path("owner").stringValue()).isEqualTo("+51900");
    assertThat(block.path("on_fallback_channel").booleanValue()).isFalse();
    assertThat(block.path("rendered_content").isNull()).isTrue();
    assertThat(headers(rendered))
        .containsExactly(
            Map.entry("Content-Type", "application/json"),
            Map.entry("X-Turn-Hook-Subscription", "turn"),
            Map.entry("X-WhatsApp-Id", "wamid.X"));
  }

  @Test
  void theExactPayloadIsWhatWasSubmittedByteForByte() {
    String payload = " {\n \"to\" : \"+51 900\", \"n\":1.10,\"payload\":{\"x\":\"\\/\"} }\r\n";
    Bytes event = submission(payload, sending(Via.WHATSAPP, "api", accepted("51900")));
    Rendered rendered =
        render
            .subscribed("turn")
            .secrets("s3cret")
            .exactPayload()
            .item(event, FIRST, Render.RECEIVED);
    assertThat(rendered.body().toUtf8()).isEqualTo(payload);
    assertThat(headers(rendered))
        .containsEntry("X-WhatsApp-Id", "wamid.X")
        .containsEntry(
            "X-Turn-Hook-Signature", TurnDialect.signature("s3cret", Bytes.utf8(payload)));
  }

  @Test
  void whatWentOverTheFallbackChannelSaysSo() {
    Bytes event = submission(PAYLOAD, sending(Via.FALLBACK, "journey", accepted("51900")));
    Rendered rendered = render.item(event, FIRST, Render.RECEIVED);
    assertThat(headers(rendered))
        .containsEntry("X-Turn-Hook-Subscription", "journey_outbound")
        .containsEntry("X-WhatsApp-Id", "wamid.X")
        .containsEntry("X-Turn-Fallback-Channel", "1")
        .doesNotContainKey("X-Turn-Event");
    assertThat(
            Json.read(rendered.body())
                .path("_vnd")
                .path("v1")
                .path("on_fallback_channel")
                .booleanValue())
        .isTrue();
  }

  @Test
  void aTemplateIsToldInPlainTextToo() {
    String payload =
        "{\"recipient\":\"PE.1\",\"type\":\"template\",\"template\":{\"name\":\"hello_world\"},"
            + "\"id\":\"mine\",\"_vnd\":{\"v1\":{\"labels\":[1]}}}";
    Bytes event = submission(payload, sending(Via.WHATSAPP, "meta", accepted("51900")));
    JsonNode body = Json.read(render.item(event, FIRST, Render.RECEIVED).body());
    assertThat(body.path("_vnd").path("v1").path("rendered_content").stringValue())
        .isEqualTo("hello world");
    assertThat(body.path("id").stringValue()).isEqualTo("wamid.X");
    assertThat(body.path("to").stringValue()).isEqualTo("51900");
    assertThat(body.path("recipient").stringValue()).isEqualTo("PE.1");
  }

  @Test
  void whatNobodyTookIsNotToldOfAndJourneysHaveTheirOwnSubscription() {
    Outcome unknown = new Outcome.Unknown("timeout");
    Notification pending = only(submission(PAYLOAD, sending(Via.WHATSAPP, "api", unknown)));
    assertThat(dialect.speaksOf(pending)).isFalse();
    for (String kind : List.of("api", "meta")) {
      Notification sent = only(submission(PAYLOAD, sending(Via.WHATSAPP, kind, accepted(null))));
      assertThat(dialect.speaksOf(sent)).isTrue();
      assertThat(dialect.subscriptionsOf(sent)).containsExactly("turn");
    }
    Notification journey =
        only(submission(PAYLOAD, sending(Via.WHATSAPP, "journey", accepted(null))));
    assertThat(dialect.subscriptionsOf(journey)).containsExactly("journey_outbound");
  }

  private static Bytes bridges(String body, Map<String, String> headers) {
    Translation translated =
        new FallbackSource()
            .toEnvelope(
                new Incoming(Bytes.utf8(body), headers::get, Render.RECEIVED, Translated.CHANNEL));
    return ((Translation.Envelope) translated).body();
  }

  private static final String INBOUND =
      "{\"messages\":[{\"from\":\"51900\",\"id\":\"m1\",\"timestamp\":\"1700000000\","
          + "\"type\":\"text\",\"text\":{\"body\":\"a\"}}]}";
  private static final String STATUS =
      "{\"statuses\":[{\"id\":\"sms-1\",\"recipient_id\":null,\"status\":\"sent\","
          + "\"timestamp\":\"1700000000\"}]}";
  private static final Map<String, String> MARKED = Map.of("X-Turn-Fallback-Channel", "1");

  @ParameterizedTest
  @CsvSource({
    "whatsapp,                  whatsapp, ",
    "turn,                      turn,     1",
    "turn whatsapp,             turn,     1",
    "journey_outbound whatsapp, whatsapp, "
  })
  void whatAContactWritesOverTheFallbackChannelIsLostByNobody(
      String subscribed, String subscription, @Nullable String event) {
    Rendered rendered =
        render
            .subscribed(subscribed.split(" "))
            .item(bridges(INBOUND, MARKED), FIRST, Render.RECEIVED);
    assertThat(headers(rendered))
        .containsEntry("X-Turn-Hook-Subscription", subscription)
        .containsEntry("X-Turn-Fallback-Channel", "1")
        .doesNotContainKey("X-WhatsApp-Id");
    assertThat(headers(rendered).get("X-Turn-Event")).isEqualTo(event);
    JsonNode message = Json.read(rendered.body()).path("messages").path(0);
    assertThat(message.path("from").stringValue()).isEqualTo("51900");
    assertThat(message.path("_vnd").path("v1").path("on_fallback_channel").booleanValue()).isTrue();
  }

  @Test
  void aStatusOfTheFallbackChannelComesUnderWhatsapp() {
    Rendered rendered =
        render.subscribed("turn", "whatsapp").item(bridges(STATUS, MARKED), FIRST, Render.RECEIVED);
    assertThat(headers(rendered))
        .containsEntry("X-Turn-Hook-Subscription", "whatsapp")
        .containsEntry("X-Turn-Fallback-Channel", "1")
        .doesNotContainKeys("X-Turn-Event", "X-WhatsApp-Id");
    assertThat(rendered.body().toUtf8())
        .isEqualTo(
            "{\"statuses\":[{\"id\":\"sms-1\",\"status\":\"sent\",\"timestamp\":\"1700000000\","
                + "\"recipient_id\":\"unknown\",\"message\":{\"recipient_id\":\"unknown\"}}]}");
  }

  @Test
  void theHeaderIsForwardedAndNotMadeUp() {
    for (String body : List.of(INBOUND, STATUS)) {
      Rendered rendered = render.item(bridges(body, Map.of()), FIRST, Render.RECEIVED);
      assertThat(headers(rendered)).doesNotContainKey("X-Turn-Fallback-Channel");
    }
  }
}
