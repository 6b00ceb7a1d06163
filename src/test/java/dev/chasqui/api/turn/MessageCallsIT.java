package dev.chasqui.api.turn;

import static dev.chasqui.api.turn.FakeUpstream.refused;
import static dev.chasqui.api.turn.Turn.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.json.Json;
import dev.chasqui.messaging.SendAnswer;
import dev.chasqui.messaging.SendAnswer.Cause;
import dev.chasqui.messaging.SendAnswer.Clash;
import dev.chasqui.messaging.Submission;
import dev.chasqui.messaging.UpstreamAnswer;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Via;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What goes in and what comes out of `/v1/messages`, with the message service replaced.
class MessageCallsIT {

  private static final String PATH = "/v1/messages";
  private static final String HOLA = "{\"to\":\"+51 900000001\",\"text\":{\"body\":\"hola\"}}";

  private final Turn turn = new Turn();

  @AfterEach
  void close() {
    turn.close();
  }

  @Test
  void whatIsAcceptedIsAnsweredInTurnsShape() {
    Answered answered = turn.client.post(PATH, HOLA);
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("Chasqui-Submission-Id"))
        .isEqualTo(FakeUpstream.SUBMISSION.toString());
    assertThat(answered.header("Idempotent-Replayed")).isEmpty();
    assertThat(answered.text())
        .startsWith(
            "{\"messages\":[{\"id\":\"wamid.1\"}],\"contacts\":[{\"input\":\"+51 900000001\","
                + "\"wa_id\":\"51900000001\",\"user_id\":\"PE.7\"}],\"meta\":{\"version\":\"")
        .endsWith(
            "\"backend\":{\"name\":\"WhatsApp\",\"version\":\"latest\"},"
                + "\"api_status\":\"stable\"}}");
  }

  @Test
  void theMessageServiceGetsThePostedBytesAndWhoPostedThem() {
    String body = " {\"to\" : \"51900000001\", \"text\":{\"body\":\"h\\u00f3la\"} , \"x\":1}\n";
    turn.client.with("X-Turn-In-Reply-To", "wamid.0").post(PATH, body);
    Submission submission = turn.upstream.sent.getFirst();
    assertThat(submission.phoneNumberId()).isEqualTo(Turn.NUMBER);
    assertThat(submission.author().kind()).isEqualTo("api");
    assertThat(submission.author().tokenId()).startsWith("tok_");
    assertThat(submission.content().raw().toUtf8()).isEqualTo(body.strip());
    assertThat(submission.content().headers()).anyMatch(it -> it.value().equals("wamid.0"));
    assertThat(submission.options()).isEqualTo(Submission.Options.USUAL);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"+1 (631) 555-1234\"', +16315551234",
    "'\"1 (631) 555-1234\"', 16315551234",
    "16315551234, 16315551234"
  })
  void aNumberKeepsThePlusThatItWasWrittenWith(String to, String sent) {
    turn.client.post(PATH, "{\"to\":" + to + ",\"text\":{\"body\":\"hola\"}}");
    Submission.Content content = turn.upstream.sent.getFirst().content();
    assertThat(content.payload().path("to").stringValue()).isEqualTo(sent);
  }

  @Test
  void whatThePlatformSaysBesideTheIdIsTold() {
    String answer =
        "{\"messages\":[{\"id\":\"wamid.1\",\"message_status\":\"held_for_quality_assessment\"}]}";
    turn.upstream.answer =
        new SendAnswer.Accepted(
            FakeUpstream.SUBMISSION,
            "wamid.1",
            "1",
            Participant.NONE,
            Via.WHATSAPP,
            Bytes.utf8(answer),
            false);
    assertThat(turn.client.post(PATH, HOLA).text())
        .contains("\"message_status\":\"held_for_quality_assessment\"");
  }

  @Test
  void headersSayHowItIsSent() {
    turn.nobody
        .as(turn.token("journey", Turn.NUMBER))
        .with("x-turn-fallback-channel", "1")
        .with("Idempotency-Key", "order-7")
        .post(PATH, HOLA);
    Submission submission = turn.upstream.sent.getFirst();
    assertThat(submission.author().kind()).isEqualTo("journey");
    assertThat(submission.options()).isEqualTo(new Submission.Options(true, "order-7", null));
    turn.client.with("x-turn-fallback-channel", "0").post(PATH, HOLA);
    assertThat(turn.upstream.sent.getLast().options().forceFallback()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "51900000001|{\"to\":\"51900000001\"}",
        "\"PE.7\"|{\"recipient\":\"PE.7\"}",
        "\"PE.7\",\"recipient\":\"PE.8\"|{\"recipient\":\"PE.8\"}"
      })
  void theRecipientStandsWhereThePlatformLooksForIt(String to, String expected) {
    turn.client.post(PATH, "{\"to\":" + to + ",\"text\":{\"body\":\"a\"}}");
    var payload = turn.upstream.sent.getFirst().content().payload().deepCopy();
    payload.remove("text");
    assertThat(Json.text(payload)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{|400 -1 Bad Request: ",
        "[]|400 -1 Bad Request: the body must be a JSON object",
        "{\"text\":{\"body\":\"a\"}}|400 1008 Required parameter is missing: to is required",
        "{\"to\":\"51900000001\",\"type\":\"a fax\"}"
            + "|400 1009 Parameter value is not valid: type must be the name of a type",
        "{\"to\":\"51900000001\",\"text\":{}}"
            + "|400 1008 Required parameter is missing: text.body is required"
      })
  void whatIsNoMessageIsNotSent(String body, String said) {
    Answered answered = turn.client.post(PATH, body);
    assertThat(refusal(answered)).startsWith(said);
    assertThat(answered.json().path("meta").path("api_status").stringValue("")).isEqualTo("stable");
    assertThat(turn.upstream.sent).isEmpty();
  }

  @Test
  void aMebibyteIsTakenAndMoreIsNot() {
    String card =
        "{\"to\":\"51900000001\",\"type\":\"contacts\",\"contacts\":[{\"name\":"
            + "{\"formatted_name\":\"Rosa\"},\"contact_image\":\"%s\"}]}";
    int frame = card.length() - 2;
    assertThat(turn.client.post(PATH, card.formatted("a".repeat((1 << 20) - frame))).status())
        .isEqualTo(200);
    assertThat(turn.client.post(PATH, card.formatted("a".repeat((1 << 20) - frame + 1))).status())
        .isEqualTo(413);
    assertThat(turn.upstream.sent).hasSize(1);
  }

  @Test
  void aMarkBeforeTheDocumentIsLeftOutAndAnotherEncodingIsRefused() {
    assertThat(turn.client.post(PATH, "\uFEFF" + HOLA).status()).isEqualTo(200);
    assertThat(turn.upstream.sent.getFirst().content().raw().toUtf8()).isEqualTo(HOLA);
    String wide = HOLA.replaceAll("(.)", "$1\u0000");
    assertThat(refusal(turn.client.post(PATH, wide))).startsWith("400 -1 Bad Request: ");
    assertThat(turn.upstream.sent).hasSize(1);
  }

  @Test
  void manyFaultsAreToldUpToABound() {
    String card = "{},".repeat(99) + "{}";
    Answered answered =
        turn.client.post(
            PATH, "{\"to\":\"51900000001\",\"type\":\"contacts\",\"contacts\":[" + card + "]}");
    assertThat(answered.json().path("errors").size()).isEqualTo(20);
  }

  @Test
  void anOverlongKeyIsRefused() {
    assertThat(refusal(turn.client.with("Idempotency-Key", "k".repeat(256)).post(PATH, HOLA)))
        .isEqualTo(
            "400 1009 Parameter value is not valid: Idempotency-Key must have at most 255"
                + " characters");
    assertThat(turn.upstream.sent).isEmpty();
  }

  @Test
  void thePlatformsRefusalsKeepTheirCodes() {
    turn.upstream.answer =
        refused(400, 131047, "(#131047) Re-engagement message", "more than 24 hours have passed");
    assertThat(refusal(turn.client.post(PATH, HOLA)))
        .isEqualTo("400 131047 Re-engagement message: more than 24 hours have passed");
    turn.upstream.answer = refused(401, 190, "Invalid OAuth access token.", null);
    assertThat(refusal(turn.client.post(PATH, HOLA)))
        .isEqualTo(
            "401 190 Invalid OAuth access token.: the platform refuses the gateway's own access"
                + " token (secret meta-access-token)");
    turn.upstream.answer = refused(500, 131000, "(#131000) Something went wrong", null);
    assertThat(refusal(turn.client.post(PATH, HOLA)))
        .isEqualTo("500 131000 Something went wrong: ");
  }

  @Test
  void tooManyIsAlways429WithATimeToComeBack() {
    turn.upstream.answer = refused(400, 130429, "(#130429) Rate limit hit", null);
    Answered answered = turn.client.post(PATH, HOLA);
    assertThat(refusal(answered)).isEqualTo("429 130429 Rate limit hit: ");
    assertThat(answered.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void whatNobodyKnowsIs504AndSaysHowToRepeat() {
    turn.upstream.answer = new SendAnswer.Unknown(FakeUpstream.SUBMISSION, "timeout", false);
    Answered answered = turn.client.post(PATH, HOLA);
    assertThat(refusal(answered)).startsWith("504 504 Outcome unknown: the message may have been");
    assertThat(answered.header("Chasqui-Submission-Id"))
        .isEqualTo(FakeUpstream.SUBMISSION.toString());
  }

  @Test
  void whatWasNotDoneSaysWhetherItCanBeRepeated() {
    turn.upstream.answer = new SendAnswer.Unavailable(Cause.UPSTREAM, "upstream is away", 5);
    Answered away = turn.client.post(PATH, HOLA);
    assertThat(refusal(away)).isEqualTo("503 1011 Service not ready: upstream is away");
    assertThat(away.header("Retry-After")).isEqualTo("5");
    turn.upstream.answer = new SendAnswer.FallbackFailed("it answered 500", false);
    assertThat(refusal(turn.client.post(PATH, HOLA)))
        .isEqualTo("502 502 Fallback channel failed: it answered 500");
    turn.upstream.answer =
        new SendAnswer.Unavailable(
            Cause.NO_FALLBACK_CHANNEL, "the phone number has no fallback channel", 5);
    assertThat(refusal(turn.client.post(PATH, HOLA)))
        .startsWith("400 1009 Parameter value is not valid: x-turn-fallback-channel is set, but ");
    turn.upstream.answer = new SendAnswer.Conflict(Clash.OTHER_REQUEST);
    assertThat(refusal(turn.client.post(PATH, HOLA))).startsWith("409 409 Conflict: ");
    turn.upstream.answer = new SendAnswer.Conflict(Clash.IN_FLIGHT);
    assertThat(turn.client.post(PATH, HOLA).header("Retry-After")).isEqualTo("1");
  }

  @Test
  void aRepeatedAnswerSaysThatItIsOne() {
    turn.upstream.answer = FakeUpstream.accepted(Via.WHATSAPP, true);
    assertThat(turn.client.post(PATH, HOLA).header("Idempotent-Replayed")).isEqualTo("true");
  }

  @Test
  void sendingIsTheContactCheck() {
    var checking = turn.client.with("X-Turn-Contact-Check", "1");
    assertThat(check(checking.post(PATH, HOLA))).isEqualTo("valid");
    turn.upstream.answer = FakeUpstream.accepted(Via.FALLBACK, false);
    assertThat(check(checking.post(PATH, HOLA))).isEmpty();
    turn.upstream.answer = refused(400, 131047, "Re-engagement message", null);
    assertThat(check(checking.post(PATH, HOLA))).isEqualTo("failed");
    assertThat(turn.upstream.switched).isEmpty();
    turn.upstream.answer = refused(400, 131026, "Message undeliverable", null);
    assertThat(check(turn.client.post(PATH, HOLA))).isEmpty();
    assertThat(turn.upstream.switched).isEmpty();
    assertThat(check(checking.post(PATH, HOLA))).isEqualTo("invalid");
    assertThat(turn.upstream.switched).containsExactly("51900000001");
  }

  @Test
  void readingIsMarkedUpstream() {
    Answered answered = turn.client.put(PATH + "/wamid.SEM%3D", "{\"status\":\"read\"}");
    assertThat(answered.status() + " " + answered.text()).isEqualTo("200 {}");
    turn.client.put(
        PATH + "/wamid.2", "{\"status\":\"read\",\"typing_indicator\":{\"type\":\"text\"}}");
    String frame = Turn.NUMBER + " {\"messaging_product\":\"whatsapp\",\"status\":\"read\",";
    assertThat(turn.upstream.marked)
        .containsExactly(
            frame + "\"message_id\":\"wamid.SEM=\"}",
            frame + "\"message_id\":\"wamid.2\",\"typing_indicator\":{\"type\":\"text\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{}|400 1008 Required parameter is missing: status is required",
        "{\"status\":\"seen\"}|400 1009 Parameter value is not valid: status must be read",
        "{\"status\":\"read\",\"typing_indicator\":1}"
            + "|400 1009 Parameter value is not valid: typing_indicator must be an object"
      })
  void whatIsNoReadMarkIsNotPassedOn(String body, String said) {
    assertThat(refusal(turn.client.put(PATH + "/wamid.1", body))).isEqualTo(said);
    assertThat(turn.upstream.marked).isEmpty();
  }

  @Test
  void whatUpstreamSaysOfAMarkIsPassedOn() {
    SendAnswer.Fault fault = new SendAnswer.Fault(131009, "(#131009) Not valid", null, "id", null);
    turn.upstream.mark = new UpstreamAnswer.Refused(400, fault, null, Bytes.EMPTY);
    String read = "{\"status\":\"read\"}";
    assertThat(refusal(turn.client.put(PATH + "/wamid.1", read)))
        .isEqualTo("400 131009 Not valid: id");
    turn.upstream.mark = new UpstreamAnswer.Unreached(Cause.UPSTREAM, "away");
    assertThat(refusal(turn.client.put(PATH + "/wamid.1", read)))
        .isEqualTo("503 1011 Service not ready: away");
    turn.upstream.mark = new UpstreamAnswer.Unknown("timeout");
    assertThat(turn.client.put(PATH + "/wamid.1", read).status()).isEqualTo(504);
  }

  @Test
  void messagesCountInTheirOwnBucket() {
    try (Turn limited = new Turn(Map.of(RateBucket.TEXT, 1))) {
      assertThat(limited.client.post(PATH, HOLA).header("X-Ratelimit-Bucket")).isEqualTo("text");
      assertThat(refusal(limited.client.post(PATH, HOLA)))
          .startsWith("429 429 Rate limit hit for bucket text: ");
      assertThat(limited.client.put(PATH + "/wamid.1", "{\"status\":\"read\"}").status())
          .isEqualTo(200);
      assertThat(limited.upstream.sent).hasSize(1);
    }
  }

  private static String check(Answered answered) {
    return answered.header("x-turn-contact-check-status");
  }

  @Test
  void oldClientsHearTheCodesThatTheyBranchOn() {
    String hola = "{\"to\":\"51900000001\",\"text\":{\"body\":\"hola\"}}";
    try (Turn old = new Turn(OnPremisesCodes.ON)) {
      old.upstream.answer = FakeUpstream.refused(400, 131_026, "Undeliverable", "no WhatsApp");
      assertThat(Turn.refusal(old.client.post("/v1/messages", hola)))
          .isEqualTo("400 1013 User is not valid: no WhatsApp");
      old.upstream.answer = FakeUpstream.refused(400, 132_001, "No template", "none of that name");
      assertThat(Turn.refusal(old.client.post("/v1/messages", hola)))
          .isEqualTo("404 -1 Template does not exist: none of that name");
      old.upstream.answer = FakeUpstream.refused(400, 131_047, "Re-engagement", "too late");
      assertThat(Turn.refusal(old.client.post("/v1/messages", hola)))
          .isEqualTo("400 131047 Re-engagement: too late");
    }
  }
}
