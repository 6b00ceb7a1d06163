package dev.chasqui.api.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.messaging.SendAnswer;
import dev.chasqui.messaging.SendAnswer.Cause;
import dev.chasqui.messaging.SendAnswer.Clash;
import dev.chasqui.messaging.Submission;
import dev.chasqui.messaging.UpstreamAnswer;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Via;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The Cloud API's way to send: what is taken, and in which words it is answered.
class MessagesIT {

  private static final String PATH = "/v24.0/" + Graph.NUMBER + "/messages";
  private static final String TEXT =
      "{\"messaging_product\":\"whatsapp\",\"to\":\"51900000001\",\"text\":{\"body\":\"hi\"}}";

  private Graph graph;
  private Exchange api;

  @BeforeEach
  void open() {
    graph = new Graph();
    api = graph.nobody.as(graph.token("api", Graph.NUMBER));
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void aMessageIsHandedOnAsItCameAndAnsweredAsUpstreamDid() throws Exception {
    Exchange.Answered answer = api.post(PATH, TEXT);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(FakeMessages.UPSTREAMS_ANSWER);
    assertThat(answer.header("Chasqui-Submission-Id"))
        .isEqualTo(FakeMessages.SUBMISSION.toString());
    Submission sent = graph.messages.sent.getFirst();
    assertThat(sent.phoneNumberId()).isEqualTo(Graph.NUMBER);
    assertThat(sent.content().raw()).isEqualTo(Bytes.utf8(TEXT));
    assertThat(sent.options()).isEqualTo(new Submission.Options(false, null, "v24.0"));
    assertThat(sent.author().kind()).isEqualTo("api");
    assertThat(sent.author().tokenId()).startsWith("tok_");
  }

  @Test
  void theVersionMayBeMissing() throws Exception {
    assertThat(api.post("/" + Graph.NUMBER + "/messages", TEXT).status()).isEqualTo(200);
    assertThat(graph.messages.sent.getFirst().options().version()).isNull();
  }

  @Test
  void aJourneysTokenSaysSo() throws Exception {
    graph.nobody.as(graph.token("journey", Graph.NUMBER)).post(PATH, TEXT);
    assertThat(graph.messages.sent.getFirst().author().kind()).isEqualTo(Sending.Author.JOURNEY);
  }

  @Test
  void aBridgesAnswerIsToldInTheCloudApisShape() throws Exception {
    graph.messages.answer = FakeMessages.accepted(Via.FALLBACK, true);
    Exchange.Answered answer = api.post(PATH, TEXT);
    assertThat(answer.text())
        .isEqualTo(
            "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"+51 900000001\","
                + "\"wa_id\":\"51900000001\"}],\"messages\":[{\"id\":\"wamid.1\"}]}");
    assertThat(answer.header("Idempotent-Replayed")).isEqualTo("true");
  }

  @Test
  void aRefusalWithoutGraphsWordsIsPutIntoThem() throws Exception {
    SendAnswer.Fault fault =
        new SendAnswer.Fault(0, "upstream answered 429 without words", null, null, null);
    graph.messages.answer =
        new SendAnswer.Refused(FakeMessages.SUBMISSION, 429, fault, "7", Bytes.EMPTY, false);
    Exchange.Answered answer = api.post(PATH, TEXT);
    assertThat(Graph.refusal(answer)).isEqualTo("429 0 OAuthException");
    assertThat(answer.header("Retry-After")).isEqualTo("7");
  }

  @Test
  void whatNobodyKnowsIsNothingToBeRepeated() throws Exception {
    graph.messages.answer = new SendAnswer.Unknown(FakeMessages.SUBMISSION, "no answer", false);
    Exchange.Answered answer = api.post(PATH, TEXT);
    assertThat(Graph.refusal(answer)).isEqualTo("504 1 OAuthException");
    assertThat(answer.json().path("error").path("is_transient").asBoolean()).isFalse();
    assertThat(answer.header("Chasqui-Submission-Id")).startsWith("evt_");
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, false"})
  void aBridgeThatFailsIsOursToTell(boolean mayHaveArrived, boolean isTransient) throws Exception {
    graph.messages.answer = new SendAnswer.FallbackFailed("it answered 500", mayHaveArrived);
    Exchange.Answered answer = api.post(PATH, TEXT);
    assertThat(Graph.refusal(answer)).isEqualTo("502 131016 OAuthException");
    assertThat(answer.json().path("error").path("is_transient").asBoolean()).isEqualTo(isTransient);
    assertThat(answer.text()).contains("it answered 500");
  }

  @ParameterizedTest
  @CsvSource({"OTHER_REQUEST, ''", "IN_FLIGHT, 1"})
  void aKeyThatIsTakenIsAConflict(Clash clash, String retryAfter) throws Exception {
    graph.messages.answer = new SendAnswer.Conflict(clash);
    Exchange.Answered answer = api.post(PATH, TEXT);
    assertThat(Graph.refusal(answer)).isEqualTo("409 100 OAuthException");
    assertThat(answer.header("Retry-After")).isEqualTo(retryAfter);
  }

  @ParameterizedTest
  @CsvSource({
    "JOURNAL, 503 131016 OAuthException, 5",
    "UPSTREAM, 503 131016 OAuthException, 5",
    "BUSY, 503 131016 OAuthException, 5",
    "NO_ACCESS_TOKEN, 503 131016 OAuthException, 5",
    "NO_FALLBACK_CHANNEL, 400 100 OAuthException, ''"
  })
  void whatWasNotSentSaysWhenToTryAgain(Cause cause, String refusal, String retryAfter)
      throws Exception {
    graph.messages.answer = new SendAnswer.Unavailable(cause, "words", 5);
    Exchange.Answered answer = api.post(PATH, TEXT);
    assertThat(Graph.refusal(answer)).isEqualTo(refusal);
    assertThat(answer.header("Retry-After")).isEqualTo(retryAfter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | The body is not valid JSON",
        "[] | The body must be a JSON object",
        "{} | The parameter messaging_product is required",
        "{'messaging_product':'sms'} | Param messaging_product must be whatsapp",
        "{'messaging_product':'whatsapp'} | The parameter to is required",
        "{'messaging_product':'whatsapp','to':true} | The parameter to is required"
      })
  void whatCannotBeSentIsNotHandedOn(String body, String message) throws Exception {
    Exchange.Answered answer = api.post(PATH, body.replace('\'', '"'));
    assertThat(Graph.refusal(answer)).isEqualTo("400 100 OAuthException");
    assertThat(Graph.message(answer)).isEqualTo("(#100) " + message);
    assertThat(graph.messages.sent).isEmpty();
  }

  @Test
  void aNumberOfJsonWillDoForARecipient() throws Exception {
    String body = TEXT.replace("\"51900000001\"", "51900000001");
    assertThat(api.post(PATH, body).status()).isEqualTo(200);
    assertThat(graph.messages.sent.getFirst().content().raw()).isEqualTo(Bytes.utf8(body));
  }

  @Test
  void aUserIdWillDoForARecipient() throws Exception {
    String body = TEXT.replace("\"to\":\"51900000001\"", "\"recipient\":\"PE.1\"");
    assertThat(api.post(PATH, body).status()).isEqualTo(200);
  }

  @Test
  void aBodyOverTheLimitIsRefused() throws Exception {
    String large = TEXT.replace("hi", "x".repeat(1 << 20));
    assertThat(api.post(PATH, large).status()).isEqualTo(413);
    String fits = TEXT.replace("hi", "x".repeat(1_000_000));
    assertThat(api.post(PATH, fits).status()).isEqualTo(200);
  }

  @Test
  void readMarksGoStraightToUpstream() throws Exception {
    String mark =
        "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"wamid.in\"}";
    Exchange.Answered answer = api.post(PATH, mark);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"success\": true}");
    assertThat(graph.messages.posted).containsExactly("default " + Graph.NUMBER + " v24.0 " + mark);
    graph.messages.posts = new UpstreamAnswer.Unknown("no answer");
    assertThat(api.post(PATH, mark).status()).isEqualTo(504);
    assertThat(graph.messages.sent).isEmpty();
  }

  @Test
  void onlySendersOfTheNumberMaySend() throws Exception {
    assertThat(Graph.refusal(graph.nobody.post(PATH, TEXT))).startsWith("401 190");
    assertThat(Graph.refusal(graph.admin.post(PATH, TEXT))).startsWith("403 200");
    assertThat(Graph.refusal(api.post("/v24.0/42/messages", TEXT))).startsWith("403 200");
    assertThat(Graph.refusal(api.post("/v24.0/me/messages", TEXT))).startsWith("400 100");
    Exchange any = graph.nobody.as(graph.token("api", null));
    assertThat(any.post("/v24.0/42/messages", TEXT).status()).isEqualTo(200);
    graph.resources.putPhoneNumber(new PhoneNumber(Graph.OTHER, "43", null, null));
    assertThat(Graph.refusal(any.post("/v24.0/43/messages", TEXT))).startsWith("403 200");
  }
}
