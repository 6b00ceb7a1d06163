package dev.chasqui.dialect.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.Translated;
import dev.chasqui.dialect.Translation;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnSourceTest {

  private static final TurnSource TURN = new TurnSource();

  @Test
  void aTextMessageIsMetasEnvelopeToTheLastByte() {
    String body =
        """
        {"contacts":[{"profile":{"name":"Rosa"},"wa_id":"51900000001"}],"messages":[{"from":\
        "51900000001","id":"m1","timestamp":"1706709716","type":"text","text":{"body":"a\\u00f1o"}}]}""";
    assertThat(Translated.of(TURN, body).text())
        .isEqualTo(
            """
            {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[\
            {"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":\
            "15550001111","phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":\
            "Rosa"},"wa_id":"51900000001"}],"messages":[{"from":"51900000001","id":"m1",\
            "timestamp":"1706709716","type":"text","text":{"body":"a\\u00f1o"}}]},"field":\
            "messages"}]}]}""");
  }

  static Stream<Map.Entry<String, String>> types() {
    return TurnWebhooks.messages().entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeKeepsItsIdItsSenderAndItsBody(Map.Entry<String, String> type) {
    Translated told = Translated.of(TURN, TurnWebhooks.message(type.getKey(), type.getValue()));
    boolean isVoice = type.getKey().equals("voice");
    String word = isVoice ? "audio" : type.getKey();
    Notification.Message message = told.message();
    assertThat(message.type()).isEqualTo(word);
    assertThat(message.wamid()).isEqualTo("in." + type.getKey());
    assertThat(message.from()).isEqualTo(new Participant("51900000001", null, "Rosa"));
    assertThat(message.at()).isEqualTo(Instant.ofEpochSecond(1706709716));
    assertThat(message.origin())
        .isEqualTo(
            new Notification.Origin(
                "messages", "102290129340398", "106540352242922", "15550001111"));
    assertThat(told.envelope().skipped()).isEmpty();
    if (!isVoice && !word.equals("system")) {
      assertThat(told.value().path("messages").path(0).path(word))
          .isEqualTo(Json.read(Bytes.utf8(type.getValue())));
    }
    assertThat(told.value().path("messages").path(0).path("context").path("id").stringValue())
        .isEqualTo("m0");
  }

  @Test
  void aVoiceMessageIsAnAudioWithAMark() {
    String body = TurnWebhooks.messages().getOrDefault("voice", "");
    var audio =
        Translated.of(TURN, TurnWebhooks.message("voice", body))
            .value()
            .path("messages")
            .path(0)
            .path("audio");
    assertThat(audio.path("voice").booleanValue()).isTrue();
    assertThat(audio.path("id").stringValue()).isEqualTo("f1");
  }

  @Test
  void theNewNumberOfAUserHasMetasNameToo() {
    String body = TurnWebhooks.messages().getOrDefault("system", "");
    var system =
        Translated.of(TURN, TurnWebhooks.message("system", body))
            .value()
            .path("messages")
            .path(0)
            .path("system");
    assertThat(system.path("wa_id").stringValue()).isEqualTo("51900000009");
    assertThat(system.path("new_wa_id").stringValue()).isEqualTo("51900000009");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sent", "delivered", "read", "failed", "deleted", "sending"})
  void everyStatusKeepsItsWordAndHasItsRecipient(String word) {
    Notification.Status status = Translated.of(TURN, TurnWebhooks.status(word)).status();
    assertThat(status.status()).isEqualTo(word);
    assertThat(status.wamid()).isEqualTo("out." + word);
    assertThat(status.recipient().waId()).isEqualTo("16315555555");
    assertThat(status.report().at()).isEqualTo(Instant.ofEpochSecond(1518694700));
  }

  @Test
  void errorsOfAStatusHaveMetasMembers() {
    Translated told = Translated.of(TURN, TurnWebhooks.failed());
    assertThat(told.status().report().faults())
        .containsExactly(new Notification.Fault(131026, "Undeliverable"));
    var error = told.value().path("statuses").path(0).path("errors").path(0);
    assertThat(error.path("message").stringValue()).isEqualTo("Undeliverable");
    assertThat(error.path("error_data").path("details").stringValue()).isEqualTo("no such user");
    assertThat(error.path("href").stringValue()).isEqualTo("https://docs.example/errors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"recipient_id\":\"51900000001\"; 51900000001",
        "\"recipient_id\":null,\"message\":{\"recipient_id\":\"51900000002\"}; 51900000002",
        "\"recipient_id\":null; ",
        "\"a\":1; "
      })
  void theRecipientMayStandAnywhereOrNowhere(String member, String recipient) {
    Translated told =
        Translated.of(
            TURN, "{\"statuses\":[{\"id\":\"m\",\"status\":\"sent\",%s}]}".formatted(member));
    assertThat(told.status().recipient().waId()).isEqualTo(recipient);
  }

  @Test
  void topLevelErrorsAreErrorsOfTheNumber() {
    Translated told = Translated.of(TURN, TurnWebhooks.errors());
    assertThat(told.items()).hasSize(1);
    assertThat(told.value().path("errors").path(0).path("error_data").path("details").stringValue())
        .isEqualTo("broken");
  }

  @Test
  void whatTurnSentItselfIsAnEchoWithTheIdOfTheHeader() {
    Translation translation =
        Translated.translate(
            TURN,
            Bytes.utf8(TurnWebhooks.submitted()),
            Map.of("x-whatsapp-id", "wamid.9"),
            Translated.CHANNEL);
    assertThat(Translated.of(translation).items())
        .containsExactly(
            new Notification.Echo(
                new ItemPath(0, 0, 0),
                new Notification.Origin(
                    "smb_message_echoes", "102290129340398", "106540352242922", "15550001111"),
                "wamid.9",
                "text",
                new Participant("51900000001", null, null),
                Instant.ofEpochSecond(Translated.RECEIVED.getEpochSecond())));
  }

  @Test
  void messagesAndStatusesOfOneWebhookBecomeTwoChanges() {
    String body =
        """
        {"messages":[{"from":"+51900000001","id":"a","timestamp":"1.9","type":"text"}],\
        "statuses":[{"id":"b","status":"read","timestamp":"x"}]}""";
    Translated told = Translated.of(TURN, body);
    assertThat(told.items()).hasSize(2);
    assertThat(told.envelope().summary().topic()).isEqualTo(Topic.MESSAGES);
    assertThat(((Notification.Message) told.items().getFirst()).from().waId())
        .isEqualTo("51900000001");
    assertThat(((Notification.Message) told.items().getFirst()).at())
        .isEqualTo(Instant.ofEpochSecond(1));
    assertThat(((Notification.Status) told.items().getLast()).report().at())
        .isEqualTo(Instant.ofEpochSecond(Translated.RECEIVED.getEpochSecond()));
  }

  @Test
  void whatIsMalformedInsideIsSkippedInSight() {
    Translated told =
        Translated.of(TURN, "{\"messages\":[7,{\"id\":\"a\",\"type\":\"text\"},null]}");
    assertThat(told.items()).hasSize(1);
    assertThat(told.envelope().skipped()).hasSize(2);
  }

  @Test
  void whatIsNotKnownOfTheChannelIsLeftOut() {
    Translation translation =
        Translated.translate(
            TURN,
            Bytes.utf8(TurnWebhooks.status("sent")),
            Map.of(),
            new SourceChannel("c", null, null, null));
    Notification.Origin origin = Translated.of(translation).status().origin();
    assertThat(origin).isEqualTo(new Notification.Origin("messages", null, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"messages\":; INVALID_JSON",
        "x; INVALID_JSON",
        "[]; INVALID_PAYLOAD",
        "{}; INVALID_PAYLOAD",
        "7; INVALID_PAYLOAD",
        "{\"messages\":{}}; INVALID_PAYLOAD",
        "{\"object\":\"whatsapp_business_account\",\"entry\":[]}; INVALID_PAYLOAD"
      })
  void whatIsNoWebhookIsTold(String body, Topic topic) {
    assertThat(Translated.translate(TURN, Bytes.utf8(body), "application/json"))
        .isEqualTo(new Translation.NotAWebhook(topic));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "secret; {\"foo\":\"bar\"}; PzqzmGtlarsXrz6xRD7WwI74//n+qDkVkJ0bQhrsib4=; true",
        "secret; {\"foo\": \"bar\"}; PzqzmGtlarsXrz6xRD7WwI74//n+qDkVkJ0bQhrsib4=; false",
        "other; {\"foo\":\"bar\"}; PzqzmGtlarsXrz6xRD7WwI74//n+qDkVkJ0bQhrsib4=; false",
        "secret; {\"foo\":\"bar\"}; sha256=3f3ab3986b656abb17af3eb1443ed6c08ef8ffe9fea8; false",
        "secret; {\"foo\":\"bar\"}; ********************************************; false",
        "sécret; {\"foo\":\"bar\"}; gbC+F6jQKId6/EzTX5XzU/NZcWARUhLC8UXM9EgMHKg=; true"
      })
  void signaturesAreOverTheExactBytes(String secret, String body, String header, boolean valid) {
    List<SigningKey> keys = List.of(SigningKey.of("former"), SigningKey.of(secret));
    assertThat(TURN.isSigned(keys, Bytes.utf8(body), header)).isEqualTo(valid);
  }
}
