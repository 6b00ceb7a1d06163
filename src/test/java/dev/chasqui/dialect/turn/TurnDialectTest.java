package dev.chasqui.dialect.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chasqui.dialect.Render;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.dialect.Rendered.Header;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.ClaimId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Policy;
import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TurnDialectTest {

  private static final ItemPath FIRST = new ItemPath(0, 0, 0);
  private static final String TEXT = Render.message("text", "\"text\": {\"body\":\"¿Qué\\ntal?\"}");

  private final TurnDialect dialect = new TurnDialect();
  private final Render render = new Render(dialect);

  private JsonNode message(String envelope) {
    return render.first(envelope).path("messages").path(0);
  }

  private JsonNode status(String envelope) {
    return render.first(envelope).path("statuses").path(0);
  }

  /// The vectors of both seeds and of public clients; lines and blanks are part of the bytes.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          secret|{"foo":"bar"}|PzqzmGtlarsXrz6xRD7WwI74//n+qDkVkJ0bQhrsib4=
          secret|payload|uC/LeRrOxXhZuYm0MKgmSIzi5Hn9+SMmvQoug3WkK6Q=
          REPLACE_ME|{"preview_url":false,"recipient_type":"individual","text":{"body":"text message content"},"to":"whatsapp_id","type":"text"}|jW/nhuaGDB2IMv2nBlzEngmBGiHX4cZeTsSHuiESTmc=
          secret||+eZuF5tnR65UEI+C+K3os8Jddv0wr95sOVgixTAZYWk=
          secret|{"foo": "bar"}|WRDZcdaQn1vOOrw+A14X+qciSTmdaQYkjOgN3jCjIoU=
          secret|{"foo":"bar"}~|A0dyhVCgotjMNClyCl8QSq7zavcCQCa0+4SZiH2LAKU=
          secret|{"text":{"body":"héllo ☺"}}|9QJEsA/cdorm7FPQZAVFRalLHr52hct3sWm8pFfjcsE=
          sécret|{"foo":"bar"}|gbC+F6jQKId6/EzTX5XzU/NZcWARUhLC8UXM9EgMHKg=
          secret |{"foo":"bar"}|WGaPtUySxqiCzalncqbkEmHyMTFOVdTxZzpRF67E32g=
          chasqui-turn-secret|{"preview_url":false,"recipient_type":"individual","to":"51900000001","type":"text","text":{"body":"Hola Ñuño ✓"}}|D5n7/ERIhDf/Y1jDIxJEIDZ82Rj+f2vfM+4QU/MS414=
          """)
  void signsAsTurnDoes(String secret, String body, String signature) {
    Bytes bytes = Bytes.utf8(Objects.requireNonNullElse(body, "").replace('~', '\n'));
    assertThat(TurnDialect.signature(secret, bytes)).isEqualTo(signature);
  }

  @Test
  void headersAreSpelledAsReceiversKnowThem() {
    Rendered rendered = render.secrets("new", "old").item(Bytes.utf8(TEXT), FIRST, Render.RECEIVED);
    assertThat(rendered.headers())
        .containsExactly(
            new Header("Content-Type", "application/json"),
            new Header("X-Turn-Hook-Subscription", "whatsapp"),
            new Header("X-Turn-Hook-Signature", TurnDialect.signature("new", rendered.body())),
            new Header("X-Turn-Claim", claim(TEXT)));
  }

  @Test
  void theClaimOfAConversationIsTheSameInAllItsMessagesAndInNoOther() {
    assertThat(claim(TEXT)).isNotEmpty().isEqualTo(claim(TEXT.replace("wamid.A", "wamid.Z")));
    assertThat(claim(TEXT.replace("591720", "591721"))).isNotEqualTo(claim(TEXT));
  }

  private String claim(String envelope) {
    return render.item(Bytes.utf8(envelope), FIRST, Render.RECEIVED).headers().stream()
        .filter(it -> it.name().equals("X-Turn-Claim"))
        .map(Header::value)
        .findFirst()
        .orElse("");
  }

  @Test
  void aMessageStandsAloneWithItsContactOnOneLine() {
    Bytes body = render.item(Bytes.utf8(TEXT), FIRST, Render.RECEIVED).body();
    assertThat(body.toUtf8())
        .startsWith(
            "{\"contacts\":[{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"591720\","
                + "\"user_id\":\"BO.1\"}],\"messages\":[{\"from\":\"591720\","
                + "\"from_user_id\":\"BO.1\",\"from_bsuid\":\"BO.1\",\"id\":\"wamid.A\","
                + "\"timestamp\":\"1767225600\",\"type\":\"text\","
                + "\"text\":{\"body\":\"¿Qué\\ntal?\"},\"_vnd\":{\"v1\":{\"author\":{")
        .endsWith("}}}]}")
        .doesNotContain("\n");
  }

  @Test
  void everyAttemptHasTheSameBytes() {
    Bytes event = Bytes.utf8(TEXT);
    assertThat(render.item(event, FIRST, Render.RECEIVED.plusSeconds(138)))
        .isEqualTo(render.item(event, FIRST, Render.RECEIVED));
  }

  @Test
  void turnsOwnBlockHasRealNullsAndSteadyIds() {
    JsonNode block = message(TEXT).path("_vnd").path("v1");
    assertThat(block.path("author").toString())
        .isEqualTo("{\"id\":\"591720\",\"name\":\"Ana\",\"type\":\"OWNER\"}");
    assertThat(block.path("direction").stringValue()).isEqualTo("inbound");
    assertThat(block.path("inserted_at").stringValue()).isEqualTo("2026-01-01T00:00:05.123456Z");
    for (String member :
        List.of(
            "card_uuid",
            "faq_uuid",
            "in_reply_to",
            "last_status",
            "last_status_timestamp",
            "rendered_content")) {
      assertThat(block.path(member).isNull()).as(member).isTrue();
    }
    assertThat(block.path("chat").path("owner").stringValue()).isEqualTo("+591720");
    JsonNode other = message(TEXT.replace("wamid.A", "wamid.Z")).path("_vnd").path("v1");
    assertThat(other.path("chat")).isEqualTo(block.path("chat"));
    assertThat(other.path("uuid")).isNotEqualTo(block.path("uuid"));
  }

  @Test
  void aBlockThatTurnWroteIsPassedOn() {
    String envelope = Render.message("text", "\"text\":{},\"_vnd\":{\"v1\":{\"labels\":[ 1 ]}}");
    assertThat(message(envelope).path("_vnd").toString()).isEqualTo("{\"v1\":{\"labels\":[1]}}");
  }

  @Test
  void aVoiceMessageIsATypeOfItsOwn() {
    JsonNode voice =
        message(Render.message("audio", "\"audio\":{\"id\":\"9\",\"voice\":true,\"url\":\"u\"}"));
    assertThat(voice.path("type").stringValue()).isEqualTo("voice");
    assertThat(voice.path("voice").toString())
        .isEqualTo("{\"id\":\"9\",\"voice\":true,\"url\":\"u\",\"link\":\"u\"}");
    assertThat(voice.has("audio")).isFalse();
    JsonNode audio = message(Render.message("audio", "\"audio\":{\"id\":\"9\",\"voice\":false}"));
    assertThat(audio.path("type").stringValue()).isEqualTo("audio");
  }

  @Test
  void whatTheTypeNamesIsAlwaysThere() {
    assertThat(message(Render.message("request_welcome", "\"x\":1")).path("request_welcome"))
        .hasToString("{}");
    assertThat(message(Render.message("contacts", "\"contacts\":null")).path("contacts"))
        .hasToString("[]");
    assertThat(message(Render.message("hologram", "\"hologram\":{\"depth\":3}")).path("hologram"))
        .hasToString("{\"depth\":3}");
  }

  @Test
  void aChangedNumberHasBothNames() {
    String system = "\"system\":{\"body\":\"b\",\"wa_id\":\"9\",\"type\":\"user_changed_number\"}";
    assertThat(message(Render.message("system", system)).path("system").path("new_wa_id"))
        .hasToString("\"9\"");
  }

  @Test
  void errorsHaveTheirOwnMembers() {
    String errors =
        """
        "errors":[{"code":131051,"title":"T","message":"M","error_data":{"details":"D"},\
        "href":"https://x.example"},7]\
        """;
    String expected =
        "[{\"code\":131051,\"title\":\"T\",\"details\":\"D\",\"href\":\"https://x.example\"}]";
    assertThat(message(Render.message("unsupported", errors)).path("errors")).hasToString(expected);
    assertThat(status(Render.status("failed", "\"recipient_id\":\"1\"," + errors)).path("errors"))
        .hasToString(expected);
    assertThat(render.first(Render.envelope(errors.replace(",7", ""))))
        .hasToString("{\"errors\":" + expected + "}");
  }

  @Test
  void aStatusNamesItsRecipientTwice() {
    assertThat(status(Render.status("sent", "\"recipient_id\":\"591720\",\"pricing\":{\"a\": 1}")))
        .hasToString(
            "{\"id\":\"wamid.B\",\"status\":\"sent\",\"timestamp\":\"1767225601\","
                + "\"recipient_id\":\"591720\",\"message\":{\"recipient_id\":\"591720\"},"
                + "\"pricing\":{\"a\":1}}");
    JsonNode hidden = status(Render.status("sent", "\"recipient_user_id\":\"BO.1\""));
    assertThat(hidden.path("recipient_id")).hasToString("\"BO.1\"");
    assertThat(hidden.path("message").path("recipient_id")).hasToString("\"BO.1\"");
    for (String nobody : List.of("\"recipient_id\":null", "\"recipient_id\":\"\"", "\"x\":1")) {
      assertThat(status(Render.status("sent", nobody)).path("recipient_id"))
          .hasToString("\"unknown\"");
    }
  }

  @Test
  void aGroupIsARecipientToo() {
    String group = "\"recipient_type\":\"group\",\"recipient_id\":\"Y2FkZ3JvdXA\"";
    assertThat(status(Render.status("delivered", group)).path("recipient_id"))
        .hasToString("\"Y2FkZ3JvdXA\"");
  }

  @ParameterizedTest
  @CsvSource({
    "sent, sent",
    "delivered, delivered",
    "read, read",
    "failed, failed",
    "deleted, deleted",
    "played, read"
  })
  void statusesHaveWordsThatReceiversKnow(String platform, String turn) {
    assertThat(status(Render.status(platform, "\"recipient_id\":\"1\"")).path("status"))
        .hasToString("\"" + turn + "\"");
  }

  @Test
  void aNullNumberIsFilledByTheUserId() {
    String envelope =
        Render.envelope(
            "\"contacts\":[{\"profile\":{\"name\":\"Ana\"},\"wa_id\":null,\"user_id\":\"BO.1\"}],"
                + "\"messages\":[{\"from\":null,\"from_user_id\":\"BO.1\",\"id\":\"a\",\"type\":\"text\"}]");
    JsonNode body = render.first(envelope);
    assertThat(body.path("contacts"))
        .hasToString("[{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"BO.1\",\"user_id\":\"BO.1\"}]");
    assertThat(body.path("messages").path(0).path("from")).hasToString("\"BO.1\"");
  }

  @Test
  void anotherSpellingOfTheOnlyContactIsThatContact() {
    String envelope =
        Render.envelope(
            "\"contacts\":[{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"5215512345678\",\"user_id\":\"MX.1\"}],"
                + "\"messages\":[{\"from\":\"525512345678\",\"id\":\"a\",\"type\":\"text\"}]");
    JsonNode body = render.first(envelope);
    assertThat(body.path("contacts"))
        .hasToString(
            "[{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"5215512345678\",\"user_id\":\"MX.1\"}]");
    assertThat(body.path("messages").path(0).path("from")).hasToString("\"5215512345678\"");
  }

  @Test
  void aGroupIsAnotherConversationThanItsMember() {
    String inGroup = Render.message("text", "\"group_id\":\"G1\",\"text\":{\"body\":\"x\"}");
    JsonNode own = message(TEXT).path("_vnd").path("v1").path("chat");
    JsonNode groups = message(inGroup).path("_vnd").path("v1").path("chat");
    assertThat(groups.path("uuid")).isNotEqualTo(own.path("uuid"));
    assertThat(groups.path("owner")).hasToString("\"G1\"");
    assertThat(groups.path("contact_uuid")).isEqualTo(own.path("contact_uuid"));
    assertThat(claim(inGroup))
        .isEqualTo(ClaimId.ofGroup(WorkspaceId.DEFAULT, "5", "G1").toString())
        .isNotEqualTo(claim(TEXT));
  }

  @Test
  void timesAreWholeSecondsInAText() {
    for (String written : List.of("1767225600", "\"1767225600\"")) {
      String envelope = TEXT.replace("\"1767225600\"", written);
      assertThat(message(envelope).path("timestamp")).hasToString("\"1767225600\"");
    }
    assertThat(message(TEXT.replace("\"1767225600\"", "\"soon\"")).path("timestamp"))
        .hasToString("\"" + Render.RECEIVED.getEpochSecond() + "\"");
  }

  @Test
  void aUserWithoutANumberIsKnownByTheOtherId() {
    String envelope =
        Render.envelope(
            "\"messages\":[{\"from_user_id\":\"BO.1\",\"id\":\"a\",\"type\":\"text\",\"text\":{}}]");
    JsonNode body = render.first(envelope);
    assertThat(body.path("contacts"))
        .hasToString("[{\"profile\":{\"name\":\"BO.1\"},\"wa_id\":\"BO.1\",\"user_id\":\"BO.1\"}]");
    assertThat(body.path("messages").path(0).path("from")).hasToString("\"BO.1\"");
    assertThat(body.path("messages").path(0).path("from_bsuid")).hasToString("\"BO.1\"");
  }

  @Test
  void aContactIsCompletedByWhatTheMessageSays() {
    String envelope =
        Render.envelope(
            """
            "contacts":[{"profile":{"username":"rosa"},"user_id":"BO.1","new": [1]}],\
            "messages":[{"from":"591720","from_user_id":"BO.1","id":"a","type":"text","text":{}}]\
            """);
    assertThat(render.first(envelope).path("contacts"))
        .hasToString(
            "[{\"profile\":{\"username\":\"rosa\",\"name\":\"591720\"},"
                + "\"wa_id\":\"591720\",\"user_id\":\"BO.1\",\"new\":[1]}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"type\":7,\"text\":[]",
        "\"type\":\"audio\",\"audio\":7,\"errors\":{}",
        "\"type\":\"audio\",\"audio\":{\"voice\":\"yes\",\"url\":null}",
        "\"type\":\"errors\",\"errors\":[7,{}]",
        "\"type\":\"_vnd\",\"_vnd\":7",
        "\"type\":\"from\",\"from\":{}",
        "\"type\":\"text\",\"text\":{},\"text\":{\"body\":\"twice\"}",
        "\"type\":\"text\",\"timestamp\":-1e999,\"context\":null"
      })
  void whateverAMessageIsItIsToldOnceAndAsJson(String members) {
    String envelope =
        Render.envelope("\"contacts\":7,\"messages\":[{\"id\":\"a\"," + members + "}]");
    assertThat(message(envelope).path("id")).hasToString("\"a\"");
  }

  @Test
  void whatThereAreNoWordsForIsLeftOut() {
    List<Bytes> bodies =
        render.all(
            Bytes.utf8(
                """
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[
                {"field":"messages","value":{"messages":[{"id":"a","type":"text"},{"type":"text"}],
                 "statuses":[{"id":"b","status":"warning"},{"id":"b","status":"sent"},
                 {"id":"c","status":"captured","type":"payment"},{"status":"read"}],
                 "user_actions":[{"x":1}],"errors":[{"code":1,"title":"t"}]}},
                {"field":"calls","value":{"calls":[{"id":"c"}]}},
                {"field":"smb_message_echoes","value":{"message_echoes":[{"id":"e"}]}},
                {"field":"flows","value":{}}]}]}\
                """));
    assertThat(bodies)
        .extracting(body -> body.toUtf8().substring(0, 11))
        .containsExactly("{\"contacts\"", "{\"statuses\"", "{\"errors\":[");
  }

  @Test
  void whatThereAreNoWordsForIsNotRendered() {
    Bytes event = Bytes.utf8(Render.status("warning", "\"recipient_id\":\"1\""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> render.item(event, FIRST, Render.RECEIVED));
  }

  @Test
  void triesAsTurnDoes() {
    Policy policy = dialect.defaults();
    assertThat(policy.deadline()).isEqualTo(Duration.ofSeconds(5));
    assertThat(policy.retry().schedule())
        .extracting(Duration::toSeconds)
        .containsExactly(17L, 19L, 24L, 31L, 47L);
    assertThat(policy.retry().jitter()).isEqualTo(0.1);
    assertThat(policy.retry().honoursRetryAfter()).isFalse();
    for (int status : new int[] {400, 401, 404, 408, 410, 429}) {
      assertThat(policy.verdicts().cancelOn().contains(status)).as("%d", status).isTrue();
    }
    assertThat(policy.verdicts().cancelOn().contains(502)).isFalse();
    assertThat(policy.verdicts().success().contains(202)).isTrue();
    assertThat(policy.verdicts().success().contains(302)).isFalse();
    assertThat(policy.verdicts().cancelOnUnresolvable()).isTrue();
    assertThat(policy.dropDeliveredAfterRead()).isTrue();
  }

  @Test
  void subscriptionsAreTurnsWords() {
    assertThat(dialect.subscriptions().words())
        .containsExactly("whatsapp", "turn", "journey_outbound");
    assertThat(dialect.subscriptions().defaults()).containsExactly("whatsapp");
    assertThat(dialect.subscriptions().objection("engage")).isEmpty();
    assertThat(dialect.subscriptions().current("engage")).isEqualTo("turn");
    assertThat(dialect.subscriptions().objection("all")).get().asString().contains("one of");
    Notification item = new Notification.Change(FIRST, ORIGIN, null);
    assertThat(dialect.subscriptionsOf(item)).containsExactly("whatsapp");
    assertThat(dialect.speaksOf(item)).isFalse();
  }

  private static final Notification.Origin ORIGIN = new Notification.Origin("f", null, null, null);
}
