package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.app.TurnInbox.Letter;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.SmsBridge;
import dev.chasqui.sim.graph.FakeGraph;
import dev.chasqui.sim.graph.GraphReport;
import dev.chasqui.sim.graph.Reaction;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The fallback channel through the whole gateway: messages over it, what its bridge posts back,
/// and what receivers of Turn's dialect get of all that.
class FallbackWayIT {

  private static final Business BUSINESS = Business.SAMPLE;
  private static final String EVENT =
      "{\"event_type\":\"external_message\",\"urn\":\"+51900000001\",\"timestamp\":"
          + "\"1700000000000\",\"event_id\":\"e1\",\"details\":{\"content\":\"by event\","
          + "\"direction\":\"inbound\",\"from_addr\":\"+51900000001\"}}";
  private static final String CHANNEL =
      "/api/v1/phone-numbers/" + BUSINESS.phoneNumberId() + "/fallback";
  private static final String SECRET = "the secret of the bridge";

  @TempDir private Path folder;
  private final FakeGraph graph =
      FakeGraph.start(
          FakeGraph.Account.of("EAAG-token", Caller.SECRET, BUSINESS),
          Clock.systemUTC(),
          new Random(3));
  private final SmsBridge bridge = SmsBridge.start(SECRET, Clock.systemUTC(), new Random(4));
  private final TurnInbox both = new TurnInbox();
  private final TurnInbox whatsapp = new TurnInbox();
  private final TurnInbox journeys = new TurnInbox();
  private Gateway gateway;
  private Exchange admin;
  private Exchange service;

  @BeforeEach
  void open() {
    gateway =
        LocalGateway.start(
            folder, Map.of(), new LocalGateway.Upstream(graph.url().toString(), "EAAG-token"));
    admin = new Exchange(gateway.adminUrl()).as(Caller.ADMIN_TOKEN);
    graph.callback(URI.create(gateway.publicUrl() + "/webhooks/whatsapp"));
    admin.put(
        "/api/v1/phone-numbers/" + BUSINESS.phoneNumberId(),
        "{\"wabaId\":\"%s\",\"displayPhoneNumber\":\"%s\"}"
            .formatted(BUSINESS.wabaId(), BUSINESS.displayPhoneNumber()));
    set("");
    receiver(both, "\"turn\",\"whatsapp\"");
    receiver(whatsapp, "\"whatsapp\"");
    receiver(journeys, "\"journey_outbound\"");
    service = new Exchange(gateway.publicUrl()).as(token("api"));
  }

  @AfterEach
  void close() {
    gateway.close();
    admin.close();
    service.close();
    List.of(both, whatsapp, journeys).forEach(TurnInbox::close);
    bridge.close();
    graph.close();
  }

  /// Sets the channel and tells the bridge where it is.
  private void set(String more) {
    Answered set =
        admin.put(
            CHANNEL,
            "{\"url\":\"" + bridge.url() + "\",\"secret\":\"" + SECRET + "\"" + more + "}");
    assertThat(set.status()).isEqualTo(200);
    bridge.connect(URI.create(gateway.publicUrl() + "/api/whatsapp/" + uuid(set)));
  }

  private static String uuid(Answered set) {
    return set.json().path("channelUuid").stringValue("");
  }

  private void receiver(TurnInbox inbox, String subscriptions) {
    String endpoint =
        "{\"name\":\"inbox\",\"dialect\":\"turn\",\"url\":\"%s\",\"subscriptions\":[%s]}"
            .formatted(inbox.url(), subscriptions);
    assertThat(admin.post("/api/v1/endpoints", endpoint).status()).isEqualTo(201);
  }

  private String token(String kind) {
    return admin
        .post(
            "/api/v1/tokens",
            "{\"kind\":\"%s\",\"phoneNumberId\":\"%s\"}".formatted(kind, BUSINESS.phoneNumberId()))
        .json()
        .path("token")
        .stringValue("");
  }

  private static String text(String to, String body) {
    return "{\"to\":\"%s\",\"type\":\"text\",\"text\":{\"body\":\"%s\"}}".formatted(to, body);
  }

  private Answered overFallback(String payload) {
    return service.with("x-turn-fallback-channel", "1").post("/v1/messages", payload);
  }

  private static String id(Answered answered) {
    assertThat(answered.status()).as(answered.text()).isBetween(200, 201);
    return answered.json().path("messages").path(0).path("id").stringValue("");
  }

  private static void isSound(Letter letter) {
    assertThat(letter.objections()).as(letter.text()).isEmpty();
  }

  private int submitted() {
    return admin.get("/api/v1/events?topic=message_submitted").json().path("data").size();
  }

  @Test
  void whoSubscribesToTurnGetsWhatWasSentWithItsId() throws InterruptedException {
    String overWhatsApp = id(service.post("/v1/messages", text("51900000001", "one")));
    String overBridge = id(overFallback(text("+51 900 000 001", "two")));
    Exchange journey = new Exchange(gateway.publicUrl()).as(token("journey"));
    String ofJourney = id(journey.post("/v1/messages", text("51900000001", "three")));
    journey.close();
    Letter one = both.await("the first", it -> it.text().contains("\"one\""));
    Letter two = both.await("the second", it -> it.text().contains("\"two\""));
    Letter three = journeys.await("the third", it -> it.text().contains("\"three\""));
    assertThat(one.header("X-WhatsApp-Id")).isEqualTo(overWhatsApp).startsWith("wamid.");
    assertThat(two.header("X-WhatsApp-Id")).isEqualTo(overBridge);
    assertThat(three.header("X-WhatsApp-Id")).isEqualTo(ofJourney);
    assertThat(List.of(one.subscription(), two.subscription(), three.subscription()))
        .containsExactly("turn", "turn", "journey_outbound");
    assertThat(List.of(one.isOverFallback(), two.isOverFallback())).containsExactly(false, true);
    assertThat(two.body().path("from").stringValue()).isEqualTo(BUSINESS.displayPhoneNumber());
    List.of(one, two, three).forEach(FallbackWayIT::isSound);
    assertThat(bridge.taken()).singleElement().matches(it -> it.id().equals(overBridge));
    assertThat(bridge.badlySigned()).isZero();
    assertThat(whatsapp.letters()).isEmpty();
    assertThat(both.letters()).hasSize(2);
  }

  @Test
  void theBridgeGetsTemplatesInPlainText() {
    id(
        overFallback(
            "{\"to\":\"51900000001\",\"type\":\"template\",\"template\":{\"name\":\"order_shipped\","
                + "\"language\":{\"code\":\"es\"},\"components\":[{\"type\":\"body\","
                + "\"parameters\":[{\"type\":\"text\",\"text\":\"Rosa\"}]}]}}"));
    assertThat(bridge.taken().getFirst().body().toUtf8())
        .contains("\"on_fallback_channel\":true")
        .contains("\"rendered_content\":\"order shipped: Rosa\"");
  }

  @ParameterizedTest
  @CsvSource({"DOWN,0", "WORDLESS,1"})
  void aBridgeThatFailsIsTheCallers502AndNothingIsRecordedAsSent(SmsBridge.Mood mood, int unknown)
      throws InterruptedException {
    bridge.feel(mood);
    Answered failed = overFallback(text("51900000001", "lost"));
    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.json().path("errors").path(0).toString()).contains("the fallback channel");
    bridge.feel(SmsBridge.Mood.WELL);
    id(overFallback(text("51900000001", "good")));
    both.await("the good one", it -> it.text().contains("\"good\""));
    assertThat(both.letters()).noneMatch(it -> it.text().contains("lost"));
    assertThat(submitted()).isEqualTo(1 + unknown);
  }

  @Test
  void aBridgeThatDoesNotKnowTheSecretIsTheCallers502() {
    set(",\"errorThreshold\":5");
    admin.put(CHANNEL, "{\"url\":\"" + bridge.url() + "\",\"secret\":\"another one\"}");
    assertThat(overFallback(text("51900000001", "lost")).status()).isEqualTo(502);
    assertThat(bridge.badlySigned()).isEqualTo(1);
    assertThat(bridge.taken()).isEmpty();
    assertThat(submitted()).isZero();
  }

  @Test
  void aContactWithoutAPhoneNumberIsNotReachedOverTheBridge() {
    Answered failed =
        overFallback("{\"recipient\":\"PE.1\",\"type\":\"text\",\"text\":{\"body\":\"a\"}}");
    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.text()).contains("has no phone number");
    assertThat(bridge.taken()).isEmpty();
  }

  @Test
  void aStatusThatComesTwiceIsOneAndCarriesTheHeader() throws InterruptedException {
    String id = id(overFallback(text("51900000001", "hello")));
    for (String space : List.of("", " ", "")) {
      Answered answered =
          service
              .with("x-turn-fallback-channel", "1")
              .post(
                  "/api/whatsapp/" + uuid(admin.get(CHANNEL)),
                  "{%s\"statuses\":[{\"id\":\"%s\",\"recipient_id\":null,\"status\":\"sent\","
                          .formatted(space, id)
                      + "\"timestamp\":\"1700000000\"}]}");
      assertThat(answered.status()).isEqualTo(200);
    }
    assertThat(bridge.tell(id, "delivered").status()).isEqualTo(200);
    for (TurnInbox inbox : List.of(both, whatsapp)) {
      Letter sent = inbox.await("sent", it -> it.text().contains("\"sent\""));
      inbox.await("delivered", it -> it.text().contains("\"delivered\""));
      assertThat(sent.subscription()).isEqualTo("whatsapp");
      assertThat(sent.isOverFallback()).isTrue();
      isSound(sent);
      assertThat(sent.text())
          .contains(
              "\"recipient_id\":\"51900000001\",\"message\":{\"recipient_id\":\"51900000001\"}");
      assertThat(inbox.letters()).filteredOn(it -> it.text().contains("\"sent\"")).hasSize(1);
    }
  }

  @Test
  void anInboundMessageOfTheBridgeReachesEverybodyUnderWhatTheyHave() throws InterruptedException {
    assertThat(bridge.receive("51900000001", "I answer").status()).isEqualTo(200);
    Letter turn = both.await("under turn", it -> it.text().contains("I answer"));
    Letter plain = whatsapp.await("under whatsapp", it -> it.text().contains("I answer"));
    assertThat(turn.subscription()).isEqualTo("turn");
    assertThat(turn.header("X-Turn-Event")).isEqualTo("1");
    assertThat(plain.subscription()).isEqualTo("whatsapp");
    assertThat(plain.header("X-Turn-Event")).isEmpty();
    for (Letter letter : List.of(turn, plain)) {
      isSound(letter);
      assertThat(letter.isOverFallback()).isTrue();
      assertThat(letter.header("X-WhatsApp-Id")).isEmpty();
    }
  }

  @Test
  void anEventWithATokenIsAMessageToo() throws InterruptedException {
    assertThat(service.post("/v1/events", EVENT).status()).isEqualTo(200);
    Letter letter = whatsapp.await("the event", it -> it.text().contains("by event"));
    isSound(letter);
    assertThat(letter.isOverFallback()).as("it was posted without the header").isFalse();
    JsonNode message = letter.body().path("messages").path(0);
    assertThat(message.path("from").stringValue()).isEqualTo("51900000001");
    assertThat(message.path("timestamp").stringValue()).isEqualTo("1700000000");
    Exchange nobody = new Exchange(gateway.publicUrl());
    assertThat(nobody.post("/v1/events", EVENT).status()).isEqualTo(401);
    assertThat(nobody.as("wrong").post("/v1/events", EVENT).status()).isEqualTo(403);
    nobody.close();
  }

  @Test
  void whoGuessesTokensOfEventsHasToWaitAndWhoHasOneDoesNot() {
    assertThat(service.post("/v1/events", EVENT).status()).isEqualTo(200);
    Exchange guesser = new Exchange(gateway.publicUrl());
    for (int i = 0; i < 20; i++) {
      assertThat(guesser.as("wrong" + i).post("/v1/events", EVENT).status()).isEqualTo(403);
    }
    assertThat(guesser.as("another").post("/v1/events", EVENT).status()).isEqualTo(429);
    guesser.close();
    assertThat(service.post("/v1/events", EVENT).status()).isEqualTo(200);
  }

  @Test
  void theFormerUuidCountsUntilTheOverlapEnds() {
    String status =
        "{\"statuses\":[{\"id\":\"x\",\"status\":\"sent\",\"timestamp\":\"1700000000\"}]}";
    String first = uuid(admin.get(CHANNEL));
    String second = uuid(admin.post(CHANNEL + "/rotate-channel", ""));
    assertThat(service.post("/api/whatsapp/" + first, status).status()).isEqualTo(200);
    assertThat(service.post("/api/whatsapp/" + second, status).text())
        .as("the same number's")
        .contains("\"duplicate\":true");
    String third = uuid(admin.post(CHANNEL + "/rotate-channel", "{\"overlap\":\"PT0S\"}"));
    assertThat(service.post("/api/whatsapp/" + first, status).status()).isEqualTo(404);
    assertThat(service.post("/api/whatsapp/" + second, status).status()).isEqualTo(404);
    assertThat(service.post("/api/whatsapp/" + third, status).status()).isEqualTo(200);
    admin.delete(CHANNEL);
    assertThat(service.post("/api/whatsapp/" + third, status).status()).isEqualTo(404);
  }

  @Test
  void theMessageThatSwitchesAContactIsSentOnceMore() throws InterruptedException {
    set(",\"errorThreshold\":2,\"resendOnSwitch\":true");
    graph.conduct().always("51900000001", Reaction.take(GraphReport.failed(131026)));
    id(service.post("/v1/messages", text("51900000001", "first")));
    both.await("its failure", it -> it.text().contains("131026"));
    id(service.post("/v1/messages", text("51900000001", "second")));
    Letter again =
        both.await("the second again", it -> it.text().contains("second") && it.isOverFallback());
    isSound(again);
    assertThat(again.subscription()).isEqualTo("turn");
    assertThat(bridge.taken())
        .singleElement()
        .matches(it -> it.body().toUtf8().contains("second"))
        .matches(it -> it.id().equals(again.header("X-WhatsApp-Id")));
    id(service.post("/v1/messages", text("51900000001", "third")));
    assertThat(bridge.taken()).hasSize(2);
    assertThat(bridge.taken().getLast().body().toUtf8()).contains("third");
    assertThat(graph.messagesTo("51900000001")).hasSize(2);
  }
}
