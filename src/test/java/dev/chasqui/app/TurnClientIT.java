package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.graph.GraphReport;
import dev.chasqui.sim.graph.Reaction;
import dev.chasqui.sim.graph.ReadMark;
import dev.chasqui.sim.graph.SentMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What a small service does that was written for Turn, through a whole gateway, with a fake
/// platform behind it that refuses what Meta's documentation does not have.
class TurnClientIT {

  private static final String ROSA = "51900000001";
  private static final String MESSAGES = "/v1/messages";
  private static final String SETTINGS = "/v1/settings/application";

  @TempDir private Path folder;
  private TurnTown town;
  private Exchange client;

  @BeforeEach
  void open() {
    town = new TurnTown(folder, Map.of("turn.claims.lifetime", "12h"));
    client = town.client(town.token("api"));
  }

  @AfterEach
  void close() {
    town.close();
  }

  private static String text(String to, String body) {
    return "{\"to\":\"%s\",\"text\":{\"body\":\"%s\"}}".formatted(to, body);
  }

  private static String id(Answered answered) {
    assertThat(answered.status()).as(answered.text()).isEqualTo(200);
    return answered.json().path("messages").path(0).path("id").stringValue();
  }

  private static String error(Answered answered) {
    JsonNode error = answered.json().path("errors").path(0);
    return answered.status() + " " + error.path("code").longValue();
  }

  @Test
  void aServiceSetsItsWebhookHearsAUserReadsAndAnswers() throws InterruptedException {
    town.graph.conduct().usually(Reaction.take(GraphReport.SENT, GraphReport.DELIVERED));
    Answered set =
        client.send("PATCH", SETTINGS, "{\"webhooks\":{\"url\":\"" + town.app.url() + "\"}}");
    assertThat(set.text()).isEqualTo("{}");
    town.graph.says(ROSA, TurnTown.SHOP, "hola");
    TurnApp.Got heard = town.app.await("the message", it -> it.message().has("from"));
    assertThat(heard.header("X-Turn-Hook-Subscription")).isEqualTo("whatsapp");
    assertThat(heard.message().path("text").path("body").stringValue()).isEqualTo("hola");
    String inbound = heard.message().path("id").stringValue();
    Answered read = client.put(MESSAGES + "/" + escaped(inbound), "{\"status\":\"read\"}");
    assertThat(read.status() + " " + read.text()).isEqualTo("200 {}");
    assertThat(town.graph.readMarks())
        .containsExactly(new ReadMark(TurnTown.SHOP.phoneNumberId(), inbound, false));
    String from = heard.body().path("contacts").path(0).path("wa_id").stringValue();
    String outbound = id(client.post(MESSAGES, text(from, "buenas")));
    TurnApp.Got status =
        town.app.await(
            "delivered", it -> it.status().path("status").asString("").equals("delivered"));
    assertThat(status.status().path("id").stringValue()).isEqualTo(outbound);
    assertThat(status.status().path("message").path("recipient_id").stringValue()).isEqualTo(ROSA);
  }

  private static String escaped(String id) {
    return id.replace("=", "%3D").replace("+", "%2B").replace("/", "%2F");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          text        | {"preview_url":false,"recipient_type":"individual","to":"51900000001","type":"text","text":{"body":"hola"}}
          text        | {"to":"+51 900-000-001","text":{"body":"hola"},"preview_url":true}
          image       | {"to":"51900000001","type":"image","image":{"id":"$MEDIA","caption":"a cat"}}
          document    | {"to":"51900000001","type":"document","document":{"id":"$MEDIA","filename":"a.pdf","caption":"b"}}
          audio       | {"to":"51900000001","type":"audio","audio":{"id":"$MEDIA"}}
          video       | {"to":"51900000001","type":"video","video":{"link":"https://media.example.com/a.mp4"}}
          sticker     | {"to":"51900000001","type":"sticker","sticker":{"id":"$MEDIA"}}
          location    | {"to":"51900000001","type":"location","location":{"latitude":-13.53,"longitude":-71.97,"name":"Cusco","address":"Plaza"}}
          contacts    | {"to":"51900000001","type":"contacts","contacts":[{"name":{"formatted_name":"Rosa","first_name":"Rosa"},"phones":[{"phone":"+51900000002","type":"CELL"}]}]}
          reaction    | {"to":"51900000001","type":"reaction","reaction":{"message_id":"wamid.A","emoji":"\uD83D\uDC4D"}}
          interactive | {"to":"51900000001","type":"interactive","interactive":{"type":"button","body":{"text":"Coming?"},"action":{"buttons":[{"type":"reply","reply":{"id":"y","title":"Yes"}},{"type":"reply","reply":{"id":"n","title":"No"}}]}}}
          interactive | {"to":"51900000001","type":"interactive","interactive":{"type":"list","body":{"text":"Pick"},"action":{"button":"Menu","sections":[{"title":"One","rows":[{"id":"1","title":"First"}]}]}}}
          template    | {"to":"51900000001","type":"template","template":{"namespace":"ns","name":"reminder","language":{"policy":"deterministic","code":"es"},"components":[{"type":"body","parameters":[{"type":"text","text":"Rosa"}]}]}}
          template    | {"to":"51900000001","type":"hsm","hsm":{"namespace":"ns","element_name":"reminder","language":{"policy":"fallback","code":"es"},"localizable_params":[{"default":"Rosa"}]}}
          """)
  void whatServicesSendIsTakenUpstream(String type, String message) {
    String media = town.graph.keep("image/jpeg", Bytes.utf8("no image"));
    String id = id(client.post(MESSAGES, message.replace("$MEDIA", media)));
    assertThat(town.graph.messagesTo(ROSA)).extracting(SentMessage::wamid).containsExactly(id);
    assertThat(town.graph.messages().getFirst().type()).isEqualTo(type);
  }

  @Test
  void whatWasSentComesBackUnderTheSubscriptionTurn() throws InterruptedException {
    String secret = town.subscribe("turn");
    String id =
        id(
            client
                .with("X-Turn-In-Reply-To", "wamid.0")
                .post(MESSAGES, text("+51 900000001", "hola")));
    TurnApp.Got echo = town.app.await("the echo", it -> it.body().has("text"));
    assertThat(echo.header("X-Turn-Hook-Subscription")).isEqualTo("turn");
    assertThat(echo.header("X-WhatsApp-Id")).isEqualTo(id);
    assertThat(echo.body().path("to").stringValue()).isEqualTo("+51 900000001");
    assertThat(echo.isSigned(secret)).isTrue();
    JsonNode block = echo.body().path("_vnd").path("v1");
    assertThat(block.path("direction").stringValue()).isEqualTo("outbound");
    assertThat(block.path("in_reply_to").stringValue()).isEqualTo("wamid.0");
  }

  @Test
  void aMarkBeforeAMessageHindersNoWebhook() throws InterruptedException {
    town.subscribe("turn");
    id(client.post(MESSAGES, "\uFEFF" + text(ROSA, "one")));
    String graph = "/v24.0/" + TurnTown.SHOP.phoneNumberId() + "/messages";
    String cloud = text(ROSA, "two").replaceFirst("\\{", "{\"messaging_product\":\"whatsapp\",");
    id(client.post(graph, "\uFEFF" + cloud));
    for (String body : List.of("one", "two")) {
      town.app.await(body, it -> it.body().path("text").path("body").asString("").equals(body));
    }
  }

  @Test
  void thePlatformsRefusalsReachTheClient() {
    town.graph.conduct().always(ROSA, Reaction.refuse(131047));
    assertThat(error(client.post(MESSAGES, text(ROSA, "hola")))).isEqualTo("400 131047");
    town.graph.conduct().always(ROSA, Reaction.refuse(130429));
    Answered tooMany = client.post(MESSAGES, text(ROSA, "hola"));
    assertThat(error(tooMany)).isEqualTo("429 130429");
    assertThat(tooMany.header("Retry-After")).isNotEmpty();
    town.graph.conduct().always(ROSA, Reaction.refuse(131026));
    Answered checked = client.with("X-Turn-Contact-Check", "1").post(MESSAGES, text(ROSA, "hola"));
    assertThat(checked.header("x-turn-contact-check-status")).isEqualTo("invalid");
    town.graph.accessToken("another");
    assertThat(error(client.post(MESSAGES, text(ROSA, "hola")))).isEqualTo("401 190");
    assertThat(error(client.put(MESSAGES + "/wamid.A", "{\"status\":\"read\"}")))
        .isEqualTo("401 190");
  }

  @Test
  void whoDoesNotPassTheContactCheckIsReachedOverTheFallbackChannelFromThenOn() {
    town.operator(
        "PUT",
        "/api/v1/phone-numbers/" + TurnTown.SHOP.phoneNumberId() + "/fallback",
        "{\"url\":\"%s\",\"secret\":\"s\",\"errorThreshold\":5}".formatted(town.app.url()));
    town.graph.conduct().always(ROSA, Reaction.refuse(131026));
    Exchange checking = client.with("X-Turn-Contact-Check", "1");
    assertThat(error(checking.post(MESSAGES, text(ROSA, "hola")))).isEqualTo("400 131026");
    assertThat(town.operator("GET", "/api/v1/contacts/" + ROSA, ""))
        .contains("\"isFallbackChannelActive\":true");
  }

  @Test
  void aRepeatWithItsKeySendsNothing() {
    Exchange keyed = client.with("Idempotency-Key", "order-7");
    Answered first = keyed.post(MESSAGES, text(ROSA, "hola"));
    Answered again = keyed.post(MESSAGES, text(ROSA, "hola"));
    assertThat(id(again)).isEqualTo(id(first));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(error(keyed.post(MESSAGES, text(ROSA, "adios")))).isEqualTo("409 409");
    assertThat(town.graph.messages()).hasSize(1);
  }

  @Test
  void theClaimOfAMessageKeepsJourneysOutUntilItIsReleasedAlsoOverARestart()
      throws InterruptedException {
    town.subscribe("whatsapp");
    town.graph.says(ROSA, TurnTown.SHOP, "hola");
    String claim =
        town.app.await("the message", it -> it.message().has("from")).header("X-Turn-Claim");
    String api = town.token("api");
    String journey = town.token("journey");
    id(town.client(api).with("X-Turn-Claim-Extend", claim).post(MESSAGES, text(ROSA, "one")));
    town.restart();
    assertThat(error(town.client(journey).post(MESSAGES, text(ROSA, "two")))).isEqualTo("409 409");
    Answered handed =
        town.client(api)
            .with("X-Turn-Claim-Release", claim)
            .post(MESSAGES + "/wamid.A/automation", "");
    assertThat(handed.text()).isEqualTo("{}");
    id(town.client(journey).post(MESSAGES, text(ROSA, "three")));
  }

  @Test
  void aClientThatIsTooFastIsToldToWait() {
    town.close();
    town = new TurnTown(folder, Map.of("turn.rateLimit.text", "2", "turn.rateLimit.window", "1h"));
    client = town.client(town.token("api"));
    id(client.post(MESSAGES, text(ROSA, "one")));
    assertThat(client.post(MESSAGES, text(ROSA, "two")).header("X-Ratelimit-Remaining"))
        .isEqualTo("0");
    Answered over = client.post(MESSAGES, text(ROSA, "three"));
    assertThat(error(over)).isEqualTo("429 429");
    assertThat(over.header("X-Ratelimit-Bucket")).isEqualTo("text");
    assertThat(Long.parseLong(over.header("Retry-After"))).isBetween(1L, 3_600L);
    assertThat(town.graph.messages()).hasSize(2);
  }

  @Test
  void whatIsWrongIsNotSent() {
    assertThat(error(client.post(MESSAGES, "{"))).isEqualTo("400 -1");
    assertThat(error(client.post(MESSAGES, "{\"text\":{\"body\":\"a\"}}"))).isEqualTo("400 1008");
    assertThat(error(client.post(MESSAGES, "{\"to\":\"51900000001\",\"type\":\"a fax\"}")))
        .isEqualTo("400 1009");
    Answered forbidden = town.client("somebody's").post(MESSAGES, text(ROSA, "hola"));
    assertThat(forbidden.status() + " " + forbidden.text()).isEqualTo("403 Invalid WhatsApp Token");
    assertThat(town.graph.messages()).isEmpty();
  }
}
