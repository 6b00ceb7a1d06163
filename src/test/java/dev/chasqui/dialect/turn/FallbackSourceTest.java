package dev.chasqui.dialect.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.Translated;
import dev.chasqui.dialect.Translation;
import dev.chasqui.dialect.meta.EventItems;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Topic;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackSourceTest {

  private static final String STATUS =
      "{\"statuses\":[{\"id\":\"sms-1\",\"recipient_id\":null,\"status\":\"sent\","
          + "\"timestamp\":\"1700000000\"}]}";

  private final FallbackSource source = new FallbackSource();

  private Translation translate(String body, Map<String, String> headers) {
    return Translated.translate(source, Bytes.utf8(body), headers, Translated.CHANNEL);
  }

  @Test
  void aStatusWithoutARecipientIsAStatusOfTheFallbackChannel() {
    Notification.Status status = Translated.of(source, STATUS).status();
    assertThat(status.wamid()).isEqualTo("sms-1");
    assertThat(status.status()).isEqualTo("sent");
    assertThat(status.recipient().isKnown()).isFalse();
    assertThat(status.origin().isFallback()).isTrue();
    assertThat(status.origin().phoneNumberId()).isEqualTo(Translated.CHANNEL.phoneNumberId());
  }

  @ParameterizedTest
  @CsvSource({"1,true", "0,false", "yes,false", "'',false"})
  void theHeaderOfTheChannelIsNotedWhereItSaysOne(String value, boolean isMarked) {
    Translated translated =
        Translated.of(translate(STATUS, Map.of("x-turn-fallback-channel", value)));
    EventItems event = EventItems.of(translated.bytes());
    assertThat(event.isMarked(translated.status())).isEqualTo(isMarked);
    assertThat(translated.status().origin().isFallback()).isTrue();
  }

  @Test
  void aMessageOfTheOnPremisesShapeHasItsSenderInDigits() {
    Notification.Message message =
        Translated.of(
                source,
                "{\"messages\":[{\"from\":\"+51 900\",\"id\":\"m1\",\"timestamp\":1700000000,"
                    + "\"type\":\"text\",\"text\":{\"body\":\"a\"}}]}")
            .message();
    assertThat(message.from().waId()).isEqualTo("51900");
    assertThat(message.origin().isFallback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1700000000000", "\"1700000000000\"", "\"1700000000\""})
  void anExternalMessageBecomesAText(String timestamp) {
    Translated translated =
        Translated.of(
            source,
            "{\"event_type\":\"external_message\",\"urn\":\"+51900\",\"timestamp\":"
                + timestamp
                + ",\"event_id\":\"e1\",\"details\":{\"content\":\"¿a \\\"b\\\"?\","
                + "\"direction\":\"inbound\",\"from_addr\":\"+51900\"}}");
    Notification.Message message = translated.message();
    assertThat(message.wamid()).isEqualTo("e1");
    assertThat(message.type()).isEqualTo("text");
    assertThat(message.from().waId()).isEqualTo("51900");
    assertThat(message.at()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    assertThat(translated.value().path("messages").path(0).path("text").path("body").stringValue())
        .isEqualTo("¿a \"b\"?");
  }

  @Test
  void anExternalMessageWithoutAUrnIsFromItsSenderAndNamedByItsBytes() {
    String body =
        "{\"event_type\":\"external_message\",\"details\":{\"content\":\"a\","
            + "\"direction\":\"inbound\",\"from_addr\":\"+51900\"}}";
    Notification.Message message = Translated.of(source, body).message();
    assertThat(message.from().waId()).isEqualTo("51900");
    assertThat(message.wamid())
        .isNotNull()
        .isEqualTo(Translated.of(source, body).message().wamid());
    assertThat(Translated.of(source, body.replace("\"a\"", "\"b\"")).message().wamid())
        .isNotEqualTo(message.wamid());
  }

  @Test
  void anExternalMessageThatWentOutIsAnEcho() {
    Translated translated =
        Translated.of(
            source,
            "{\"event_type\":\"external_message\",\"urn\":\"+51900\",\"event_id\":\"e1\","
                + "\"details\":{\"content\":\"a\",\"direction\":\"outbound\"}}");
    Notification.Echo echo = (Notification.Echo) translated.items().getFirst();
    assertThat(echo.to().waId()).isEqualTo("51900");
    assertThat(echo.origin().isFallback()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{; INVALID_JSON",
        "[]; INVALID_PAYLOAD",
        "{\"to\":\"51900\",\"text\":{\"body\":\"a\"}}; INVALID_PAYLOAD",
        "{\"event_type\":\"other\",\"urn\":\"+51900\"}; INVALID_PAYLOAD",
        "{\"event_type\":\"external_message\",\"details\":{\"content\":\"a\"}}; INVALID_PAYLOAD"
      })
  void whatSaysNothingIsNoWebhook(String body, Topic topic) {
    assertThat(translate(body, Map.of())).isEqualTo(new Translation.NotAWebhook(topic));
  }
}
