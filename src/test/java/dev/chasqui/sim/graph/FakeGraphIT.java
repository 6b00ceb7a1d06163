package dev.chasqui.sim.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.ReceiverSecret;
import dev.chasqui.sim.ReceiverSite;
import dev.chasqui.sim.SampleReceiver;
import dev.chasqui.sim.WebhookFactory;
import dev.chasqui.sim.graph.CloudApiClient.Answer;
import dev.chasqui.sim.graph.Reaction.Manner;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The fake Graph API as its clients see it, and the callback that it tells what became of
/// messages.
class FakeGraphIT {

  private static final String SECRET = "app-secret";
  private static final String ROSA = "15550002222";
  private static final Business SHOP = Business.SAMPLE;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ReceiverSite site = new ReceiverSite();
  private final SampleReceiver receiver =
      new SampleReceiver("hook", new ReceiverSecret.Meta(new AppSecret(SECRET)), "verify-me");
  private final URI hook = site.open(receiver);
  private FakeGraph graph;
  private CloudApiClient client;

  @BeforeEach
  void start() {
    graph = graph();
    client = new CloudApiClient(graph.url().toString(), SHOP.phoneNumberId(), "token");
  }

  @AfterEach
  void close() {
    client.close();
    graph.close();
    site.close();
  }

  @Test
  void messagesOfEveryKindAreTaken() throws IOException, InterruptedException {
    assertThat(client.text("+1 555-000-2222", "Hello").messageId()).startsWith("wamid.");
    assertThat(client.template(ROSA, "reminder").messageId()).startsWith("wamid.");
    assertThat(client.buttons(ROSA, "Coming?").messageId()).startsWith("wamid.");
    assertThat(client.image(ROSA, "715500000000001").messageId()).startsWith("wamid.");
    assertThat(client.reaction(ROSA, "wamid.A").messageId()).startsWith("wamid.");
    assertThat(client.location(ROSA).messageId()).startsWith("wamid.");
    assertThat(graph.messagesTo(ROSA))
        .extracting(SentMessage::type)
        .containsExactly("text", "template", "interactive", "image", "reaction", "location");
  }

  @Test
  void theAnswerEchoesTheInput() throws IOException, InterruptedException {
    Answer answer = client.text("+1 555-000-2222", "Hello");
    assertThat(Json.text(answer.body().path("contacts")))
        .isEqualTo("[{\"input\":\"+1 555-000-2222\",\"wa_id\":\"15550002222\"}]");
  }

  @Test
  void aUserIdIsARecipient() throws IOException, InterruptedException {
    String userId = WebhookFactory.userId(ROSA);
    Answer answer =
        client.sendRaw(
            "{\"messaging_product\":\"whatsapp\",\"recipient\":\"%s\",\"text\":{\"body\":\"a\"}}"
                .formatted(userId));
    assertThat(Json.text(answer.body().path("contacts")))
        .isEqualTo("[{\"input\":\"%s\",\"user_id\":\"%s\"}]".formatted(userId, userId));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                                  | messaging_product is missing
          {"messaging_product":"whatsapp","text":{"body":"a"}}                                | to is missing
          {"messaging_product":"whatsapp","to":"rosa","text":{"body":"a"}}                    | to is no phone number
          {"messaging_product":"whatsapp","to":"15550002222"}                                 | text is missing
          {"messaging_product":"whatsapp","to":"15550002222","text":{}}                       | text.body is missing
          {"messaging_product":"whatsapp","to":"15550002222","type":"fax"}                    | type is not one of the known ones
          {"messaging_product":"whatsapp","to":"15550002222","text":{"body":"a"},"_vnd":{}}   | _vnd is not known
          {"messaging_product":"whatsapp","to":"15550002222","type":"image","image":{}}       | image.id must be there, or link, and not both
          {"messaging_product":"whatsapp","to":"15550002222","type":"audio","audio":{"id":"1","caption":"a"}} | audio.caption is not known
          {"messaging_product":"whatsapp","status":"read"}                                    | message_id is missing
          {"messaging_product":"whatsapp","status":"gone","message_id":"wamid.A"}             | status is not one of the known ones
          []                                                                                  | the body is not a JSON object
          """)
  void whatIsNotDocumentedIsRefused(String body, String details)
      throws IOException, InterruptedException {
    Answer answer = client.sendRaw(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.details()).isEqualTo(details);
    assertThat(answer.errorCode()).isEqualTo(code(details));
    assertThat(graph.messages()).isEmpty();
  }

  private static int code(String details) {
    if (details.endsWith("is missing")) {
      return 131008;
    }
    boolean isInvalid =
        details.endsWith("is not known")
            || details.equals("type is not one of the known ones")
            || details.startsWith("the body");
    return isInvalid ? 100 : 131009;
  }

  @Test
  void fourButtonsAreTooMany() throws IOException, InterruptedException {
    String button = "{\"type\":\"reply\",\"reply\":{\"id\":\"a\",\"title\":\"A\"}}";
    String buttons = String.join(",", List.of(button, button, button, button));
    Answer answer =
        client.send(
            ROSA,
            """
            "type":"interactive","interactive":{"type":"button","body":{"text":"?"},\
            "action":{"buttons":[%s]}}\
            """
                .formatted(buttons));
    assertThat(answer.details()).isEqualTo("interactive.action.buttons must be 1 to 3");
  }

  @Test
  void readMarksAndTypingAreKept() throws IOException, InterruptedException {
    assertThat(client.read("wamid.A", false).body().path("success").asBoolean()).isTrue();
    assertThat(client.read("wamid.B", true).status()).isEqualTo(200);
    assertThat(graph.readMarks())
        .containsExactly(
            new ReadMark(SHOP.phoneNumberId(), "wamid.A", false),
            new ReadMark(SHOP.phoneNumberId(), "wamid.B", true));
  }

  @Test
  void anotherTokenIsRefused() throws IOException, InterruptedException {
    graph.accessToken("another");
    Answer answer = client.text(ROSA, "Hello");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.errorCode()).isEqualTo(190);
  }

  @Test
  void anotherNumberIsUnknown() throws IOException, InterruptedException {
    try (CloudApiClient other = new CloudApiClient(graph.url().toString(), "1", "token")) {
      assertThat(other.text(ROSA, "Hello").errorCode()).isEqualTo(100);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "131026,400",
    "131030,400",
    "131047,400",
    "131051,400",
    "130429,429",
    "190,401",
    "131000,500",
    "4,429"
  })
  void errorsComeOnDemand(int code, int status) throws IOException, InterruptedException {
    graph.conduct().next(ROSA, Reaction.refuse(code));
    Answer refused = client.text(ROSA, "Hello");
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.errorCode()).isEqualTo(code);
    assertThat(client.text(ROSA, "Hello").messageId()).isNotEmpty();
  }

  @Test
  void aWaitIsToldInAHeader() {
    GraphError busy = GraphError.of(130429).retryAfter(Duration.ofSeconds(7));
    assertThat(dev.chasqui.sim.graph.FakeGraphAnswer.error(busy, "A").headers())
        .containsEntry("Retry-After", "7");
  }

  @Test
  void aConnectionEndsWithoutAnAnswer() {
    graph.conduct().next(ROSA, Reaction.takeAndBreakOff(Manner.RESET));
    assertThatThrownBy(() -> client.text(ROSA, "Hello")).isInstanceOf(IOException.class);
    assertThat(graph.messagesTo(ROSA)).singleElement().matches(SentMessage::isTaken);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTML", "EMPTY"})
  void anAnswerIsNoAnswer(Manner manner) throws IOException, InterruptedException {
    graph.conduct().next(ROSA, Reaction.breakOff(manner));
    Answer answer = client.text(ROSA, "Hello");
    assertThat(answer.status()).isGreaterThanOrEqualTo(500);
    assertThat(answer.errorCode()).isZero();
    assertThat(graph.messagesTo(ROSA)).singleElement().matches(message -> !message.isTaken());
  }

  @Test
  void itTellsWhatBecameOfAMessage() throws IOException, InterruptedException {
    graph.callback(hook);
    graph
        .conduct()
        .usually(Reaction.take(GraphReport.SENT, GraphReport.DELIVERED, GraphReport.READ));
    client.text(ROSA, "Hello");
    graph.conduct().usually(Reaction.take(GraphReport.failed(131026)));
    client.text(ROSA, "Hello");
    assertThat(graph.settle(LIMIT)).isTrue();
    assertThat(receiver.badlySigned()).isZero();
    assertThat(receiver.bodies()).hasSize(4);
    assertThat(receiver.bodies().getLast().toUtf8())
        .contains("\"status\":\"failed\"", "\"code\":131026")
        .contains("\"recipient_id\":\"" + ROSA + "\"", graph.messages().get(1).wamid());
  }

  @Test
  void itTellsBeforeItAnswers() throws IOException, InterruptedException {
    graph.callback(hook);
    graph.conduct().usually(Reaction.takeReportingFirst(GraphReport.SENT));
    client.text(ROSA, "Hello");
    assertThat(receiver.bodies()).hasSize(1);
  }

  @Test
  void aStatusCarriesTheCallbackDataBack() throws IOException, InterruptedException {
    graph.callback(hook);
    graph.conduct().usually(Reaction.takeReportingFirst(GraphReport.SENT));
    client.send(ROSA, "\"biz_opaque_callback_data\":\"mine\",\"text\":{\"body\":\"a\"}");
    assertThat(receiver.bodies().getFirst().toUtf8())
        .contains("\"biz_opaque_callback_data\":\"mine\"");
  }

  @Test
  void mediaComeBackAsTheyWent() throws IOException, InterruptedException {
    Bytes content = Bytes.of(new byte[] {0, 13, 10, '-', '-', -1, 127, 13, 10, 13, 10});
    String id = client.upload("image/png", content).body().path("id").asString();
    Answer metadata = client.media(id);
    assertThat(metadata.body().path("mime_type").asString()).isEqualTo("image/png");
    assertThat(metadata.body().path("file_size").asInt()).isEqualTo(content.length());
    assertThat(metadata.body().path("sha256").asString()).hasSize(64);
    assertThat(client.download(metadata.body().path("url").asString())).isEqualTo(content);
    assertThat(client.deleteMedia(id).status()).isEqualTo(200);
    assertThat(client.media(id).errorCode()).isEqualTo(100);
  }

  @Test
  void anOverrideNeedsASubscriptionFirst() throws IOException, InterruptedException {
    String override =
        "{\"override_callback_uri\":\"%s\",\"verify_token\":\"verify-me\"}".formatted(hook);
    String apps = SHOP.wabaId() + "/subscribed_apps";
    assertThat(client.call(apps, override).errorCode()).isEqualTo(100);
    assertThat(client.call(apps, "").status()).isEqualTo(200);
    assertThat(client.call(apps, override).status()).isEqualTo(200);
    assertThat(Json.text(client.look(apps).body())).contains(hook.toString());
    client.call(apps, "");
    assertThat(Json.text(client.look(apps).body())).doesNotContain(hook.toString());
  }

  @Test
  void aNumbersOverrideIsAskedForItsChallengeAndCleared() throws IOException, InterruptedException {
    client.call(SHOP.wabaId() + "/subscribed_apps", "");
    assertThat(configure(hook.toString(), "wrong").errorCode()).isEqualTo(2200);
    assertThat(configure(hook.toString(), "verify-me").status()).isEqualTo(200);
    String fields = SHOP.phoneNumberId() + "?fields=webhook_configuration";
    assertThat(client.look(fields).body().path("webhook_configuration").path("phone_number"))
        .hasToString("\"" + hook + "\"");
    assertThat(configure("", "").status()).isEqualTo(200);
    assertThat(client.look(fields).body().path("webhook_configuration").isEmpty()).isTrue();
  }

  @Test
  void aUserWritesToTheBusiness() throws InterruptedException {
    graph.callback(hook);
    assertThat(graph.says(ROSA, SHOP, "It costs $price \"really\"").isTaken()).isTrue();
    String body = receiver.bodies().getFirst().toUtf8();
    assertThat(Json.read(receiver.bodies().getFirst()).findPath("text").path("body").asString())
        .isEqualTo("It costs $price \"really\"");
    assertThat(body).contains("\"from\":\"" + ROSA + "\"", WebhookFactory.userId(ROSA));
  }

  @Test
  void aShellTellsThePlatformWhatToDo() throws IOException, InterruptedException {
    graph.callback(hook);
    client.sim(ROSA + "/reaction", "{\"refuses\":131026}");
    assertThat(client.text(ROSA, "Hello").errorCode()).isEqualTo(131026);
    client.sim(ROSA + "/reaction", "{\"fails\":131047}");
    client.text(ROSA, "Hello");
    client.sim(ROSA + "/says", "{\"text\":\"I am here\"}");
    assertThat(graph.settle(LIMIT)).isTrue();
    assertThat(receiver.bodies())
        .extracting(Bytes::toUtf8)
        .anyMatch(body -> body.contains("131047"))
        .anyMatch(body -> body.contains("I am here"));
    assertThat(client.sim(ROSA + "/reaction", "{\"fails\":1}").errorCode()).isEqualTo(100);
  }

  @Test
  void theSameSeedGivesTheSameIds() throws IOException, InterruptedException {
    try (FakeGraph again = graph();
        CloudApiClient other =
            new CloudApiClient(again.url().toString(), SHOP.phoneNumberId(), "token")) {
      assertThat(other.text(ROSA, "a").messageId()).isEqualTo(client.text(ROSA, "a").messageId());
    }
  }

  private Answer configure(String url, String token) throws IOException, InterruptedException {
    return client.call(
        SHOP.phoneNumberId(),
        "{\"webhook_configuration\":{\"override_callback_uri\":\"%s\",\"verify_token\":\"%s\"}}"
            .formatted(url, token));
  }

  private static FakeGraph graph() {
    FakeGraph.Account account = FakeGraph.Account.of("token", SECRET, SHOP);
    return FakeGraph.start(account, Clock.systemUTC(), new Random(7));
  }
}
