package dev.chasqui.dialect.exotel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chasqui.dialect.Render;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.dialect.Rendered.Header;
import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Ulid;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ExotelDialectTest {

  private static final ItemPath FIRST = new ItemPath(0, 0, 0);

  private final ExotelDialect dialect = new ExotelDialect();
  private final Render render = new Render(dialect);

  private JsonNode message(String type, String members) {
    return render.first(Render.message(type, members)).path("message");
  }

  @Test
  void aMessageComesWithItsContact() {
    String envelope =
        Render.message(
            "text", "\"context\":{\"from\":\"59171\",\"id\":\"w\"},\"text\": {\"body\":\"Hola\"}");
    Bytes body = render.item(Bytes.utf8(envelope), FIRST, Render.RECEIVED).body();
    assertThat(body.toUtf8())
        .isEqualTo(
            "{\"event\":\"incoming_message\",\"timestamp\":\"2026-01-01T00:00:05.123Z\","
                + "\"account_sid\":\"77\",\"message\":{\"id\":\"wamid.A\",\"from\":\"+591720\","
                + "\"to\":\"+59171\",\"timestamp\":\"2026-01-01T00:00:00.000Z\","
                + "\"type\":\"text\",\"text\":{\"body\":\"Hola\"},"
                + "\"context\":{\"from\":\"59171\",\"id\":\"w\"}},"
                + "\"contact\":{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"591720\","
                + "\"user_id\":\"BO.1\"}}");
  }

  @Test
  void theTimeThatExotelWroteOnItsCallbackComesAgain() {
    String time = "2026-01-15T14:30:00.250+05:30";
    String more = "\"exo_callback_timestamp\":\"%s\"".formatted(time);
    JsonNode message = render.first(Render.message("text", "\"text\":{\"body\":\"x\"}," + more));
    assertThat(message.path("timestamp").stringValue()).isEqualTo("2026-01-15T09:00:00.250Z");
    assertThat(message.path("message").has("exo_callback_timestamp")).isFalse();
    JsonNode status = render.first(Render.status("sent", "\"recipient_id\":\"591720\"," + more));
    assertThat(status.path("timestamp").stringValue()).isEqualTo("2026-01-15T09:00:00.250Z");
  }

  @Test
  void aContactThatCameWithoutAProfileHasAnEmptyOne() {
    String envelope =
        Render.message("text", "\"text\":{\"body\":\"Hola\"}")
            .replace("\"profile\":{\"name\":\"Ana\"},", "");
    assertThat(render.first(envelope).path("contact").path("profile").isObject()).isTrue();
  }

  @Test
  void aStatusComesAlone() {
    String envelope =
        Render.status(
            "failed",
            """
            "recipient_id":"591720","biz_opaque_callback_data":"order-7","errors":[{"code":131026,\
            "title":"T","message":"M","error_data":{"details":"D"}}]\
            """);
    Bytes body = render.item(Bytes.utf8(envelope), FIRST, Render.RECEIVED).body();
    assertThat(body.toUtf8())
        .isEqualTo(
            "{\"event\":\"message_status\",\"timestamp\":\"2026-01-01T00:00:05.123Z\","
                + "\"account_sid\":\"77\",\"message\":{\"id\":\"wamid.B\",\"status\":\"failed\","
                + "\"recipient\":\"+591720\",\"timestamp\":\"2026-01-01T00:00:01.000Z\","
                + "\"errors\":[{\"code\":131026,\"title\":\"T\"}],\"custom_data\":\"order-7\"}}");
  }

  @Test
  void whatWeSentAlongOurselvesIsNotTheClientsData() {
    String ours = Sending.callback(new EventId(new Ulid(1, 2)));
    String envelope =
        Render.status(
            "sent", "\"recipient_id\":\"591720\",\"biz_opaque_callback_data\":\"" + ours + "\"");
    assertThat(render.first(envelope).path("message").has("custom_data")).isFalse();
  }

  @Test
  void aReceiverThatWasSetByAnAccountIsToldThatAccount() {
    String envelope = Render.status("sent", "\"recipient_id\":\"591720\"");
    assertThat(render.account("AC1").first(envelope).path("account_sid")).hasToString("\"AC1\"");
    assertThat(new Render(dialect).first(envelope).path("account_sid")).hasToString("\"77\"");
  }

  @Test
  void theSignatureIsOverTheBytesThatAreSent() {
    Bytes event = Bytes.utf8(Render.status("sent", "\"recipient_id\":\"591720\""));
    Rendered rendered = render.secrets("new", "old").item(event, FIRST, Render.RECEIVED);
    assertThat(rendered.headers())
        .containsExactly(
            new Header("Content-Type", "application/json"),
            new Header(
                "X-Exotel-Signature", Signatures.sign(SigningKey.of("new"), rendered.body())));
  }

  @Test
  void signsAsTheVectorSays() {
    Bytes body =
        Bytes.utf8(
            "{\"event\":\"message_status\",\"message\":{\"id\":\"m1\",\"status\":\"delivered\","
                + "\"recipient\":\"+51900000001\"}}");
    assertThat(Signatures.sign(SigningKey.of("chasqui-exotel-secret"), body))
        .isEqualTo("sha256=36307443efc1395fb02f54bf7441d8aaab8b44797fd10207f09262455e927060");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image",
        "video",
        "audio",
        "document",
        "location",
        "sticker",
        "order",
        "reaction",
        "hologram"
      })
  void whatHasOneNameOnBothSidesIsPassedOn(String type) {
    JsonNode message = message(type, "\"" + type + "\":{\"a\": [1.5]}");
    assertThat(message.path("type").stringValue()).isEqualTo(type);
    assertThat(message.path(type)).hasToString("{\"a\":[1.5]}");
  }

  @Test
  void aChosenButtonHasItsTextAndPayload() {
    String reply =
        "\"interactive\":{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"y\",\"title\":\"Yes\"}}";
    JsonNode message = message("interactive", reply);
    assertThat(message.path("type").stringValue()).isEqualTo("button");
    assertThat(message.path("button")).hasToString("{\"text\":\"Yes\",\"payload\":\"y\"}");
    assertThat(message.has("interactive")).isFalse();
    assertThat(message("button", "\"button\":{\"text\":\"Yes\",\"payload\":\"y\"}").path("button"))
        .hasToString("{\"text\":\"Yes\",\"payload\":\"y\"}");
  }

  @Test
  void aChosenRowIsAListReply() {
    String reply =
        "\"interactive\":{\"type\":\"list_reply\",\"list_reply\":{\"id\":\"2\",\"title\":\"Tue\"}}";
    JsonNode message = message("interactive", reply);
    assertThat(message.path("type").stringValue()).isEqualTo("list_reply");
    assertThat(message.path("list_reply")).hasToString("{\"id\":\"2\",\"title\":\"Tue\"}");
  }

  @Test
  void otherInteractiveRepliesStayWhatTheyAre() {
    String flow = "{\"type\":\"nfm_reply\",\"nfm_reply\":{\"name\":\"flow\"}}";
    JsonNode message = message("interactive", "\"interactive\":" + flow);
    assertThat(message.path("type").stringValue()).isEqualTo("interactive");
    assertThat(message.path("interactive")).hasToString(flow);
  }

  @Test
  void aVoiceMessageIsAudio() {
    JsonNode message = message("voice", "\"voice\":{\"id\":\"9\"}");
    assertThat(message.path("type").stringValue()).isEqualTo("audio");
    assertThat(message.path("audio")).hasToString("{\"id\":\"9\"}");
  }

  @Test
  void whatTheTypeNamesIsAlwaysThere() {
    assertThat(message("contacts", "\"x\":1").path("contacts")).hasToString("[]");
    JsonNode unsupported = message("unsupported", "\"errors\":[{\"code\":131051,\"title\":\"T\"}]");
    assertThat(unsupported.path("unsupported")).hasToString("{}");
    assertThat(unsupported.path("errors")).hasToString("[{\"code\":131051,\"title\":\"T\"}]");
  }

  @ParameterizedTest
  @CsvSource({"sent, sent", "delivered, delivered", "read, read", "failed, failed", "played, read"})
  void statusesHaveExotelsWords(String platform, String exotel) {
    JsonNode body = render.first(Render.status(platform, "\"recipient_id\":\"1\""));
    assertThat(body.path("message").path("status")).hasToString("\"" + exotel + "\"");
  }

  @Test
  void aUserWithoutANumberIsKnownByTheOtherId() {
    String envelope =
        Render.envelope(
            "\"messages\":[{\"from_user_id\":\"BO.1\",\"id\":\"a\",\"type\":\"text\",\"text\":{}}]");
    JsonNode body = render.first(envelope);
    assertThat(body.path("message").path("from")).hasToString("\"BO.1\"");
    assertThat(body.path("contact")).hasToString("{\"user_id\":\"BO.1\",\"profile\":{}}");
    String status = Render.status("sent", "\"recipient_user_id\":\"BO.1\"");
    assertThat(render.first(status).path("message").path("recipient")).hasToString("\"BO.1\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"type\":7,\"text\":[]",
        "\"type\":\"interactive\",\"interactive\":7,\"errors\":{}",
        "\"type\":\"interactive\",\"interactive\":{\"button_reply\":{\"id\":{}},\"list_reply\":[]}",
        "\"type\":\"errors\",\"errors\":[7,{}]",
        "\"type\":\"to\",\"to\":{},\"from\":{}",
        "\"type\":\"text\",\"text\":{},\"text\":{\"body\":\"twice\"}",
        "\"type\":\"text\",\"timestamp\":-1e999,\"context\":null"
      })
  void whateverAMessageIsItIsToldOnceAndAsJson(String members) {
    String envelope =
        Render.envelope("\"contacts\":7,\"messages\":[{\"id\":\"a\"," + members + "}]");
    assertThat(render.first(envelope).path("message").path("id")).hasToString("\"a\"");
  }

  @Test
  void whatThereAreNoWordsForIsLeftOut() {
    List<Bytes> bodies =
        render.all(
            Bytes.utf8(
                """
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[
                {"field":"messages","value":{"messages":[{"id":"a","type":"text"},{"type":"text"}],
                 "statuses":[{"id":"b","status":"deleted"},{"id":"b","status":"sent"}],
                 "errors":[{"code":1,"title":"t"}]}},
                {"field":"calls","value":{"calls":[{"id":"c"}]}},{"field":"flows","value":{}}]}]}\
                """));
    assertThat(bodies).extracting(Bytes::toUtf8).allMatch(it -> it.startsWith("{\"event\":"));
    assertThat(bodies).hasSize(2);
    Bytes deleted = Bytes.utf8(Render.status("deleted", "\"recipient_id\":\"1\""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> render.item(deleted, FIRST, Render.RECEIVED));
  }

  @Test
  void everyAttemptHasTheSameBytes() {
    Bytes event = Bytes.utf8(Render.message("text", "\"text\":{\"body\":\"a\"}"));
    assertThat(render.item(event, FIRST, Render.RECEIVED.plusSeconds(4_350)))
        .isEqualTo(render.item(event, FIRST, Render.RECEIVED));
  }

  @Test
  void triesAsExotelDoes() {
    Policy policy = dialect.defaults();
    assertThat(policy.deadline()).isEqualTo(Duration.ofSeconds(5));
    assertThat(policy.retry().schedule())
        .extracting(Duration::toSeconds)
        .containsExactly(30L, 120L, 600L, 3_600L);
    assertThat(policy.retry().jitter()).isZero();
    assertThat(policy.verdicts().success().contains(200)).isTrue();
    for (int status : new int[] {201, 202, 204, 301, 404, 410, 500}) {
      assertThat(policy.verdicts().success().contains(status)).as("%d", status).isFalse();
      assertThat(policy.verdicts().cancelOn().contains(status)).as("%d", status).isFalse();
    }
    assertThat(policy.verdicts().cancelOnUnresolvable()).isFalse();
    assertThat(policy.dropDeliveredAfterRead()).isFalse();
  }
}
