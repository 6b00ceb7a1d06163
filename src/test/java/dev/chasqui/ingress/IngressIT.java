package dev.chasqui.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Fact.DuplicateSeen;
import dev.chasqui.journal.Fact.WebhookReceived;
import dev.chasqui.journal.file.FileJournal;
import dev.chasqui.journal.file.JournalSettings;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.WorkspaceId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngressIT {

  private static final String PATH = "/webhooks/whatsapp";

  @TempDir private Path folder;
  private FileJournal journal;

  @BeforeEach
  void open() {
    journal = FileJournal.open(folder, JournalSettings.DEFAULTS, 0);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void aSignedWebhookIsAnsweredFieldForField() throws Exception {
    try (IngressServer server = server()) {
      HttpResponse<String> answer = server.postSigned(PATH, message("wamid.1"));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type")).contains("application/json");
      assertThat(answer.body())
          .matches(
              "\\{\"accepted\":true,\"requestId\":\"[0-9a-f-]{36}\",\"signatureValid\":true,"
                  + "\"webhookEventId\":\"evt_[0-9a-z]{26}\",\"outboxJobId\":\"job_[0-9a-z]{26}\","
                  + "\"summary\":\\{\"object\":\"whatsapp_business_account\",\"entries\":1,"
                  + "\"changeCount\":1,\"topic\":\"messages\",\"messageCount\":1,"
                  + "\"statusCount\":0}}");
    }
  }

  @Test
  void p1TheBytesAreInTheJournalExactlyAsTheyCame() throws Exception {
    String body = message("wamid.1").replace("Hello", "\\u00e4\\/ \u00e4 \uD83D\uDE00\r\n");
    String escaped = body.replace("\r\n", "\\r\\n");
    try (IngressServer server = server()) {
      server.postSigned(PATH + "?a=1", escaped);
    }
    WebhookReceived fact = (WebhookReceived) IngressServer.facts(journal).getFirst();
    assertThat(fact.body()).isEqualTo(Bytes.utf8(escaped));
    assertThat(fact.head().query()).isEqualTo("a=1");
    assertThat(fact.head().first("X-Hub-Signature-256"))
        .isEqualTo(IngressServer.signature(escaped));
    assertThat(fact.verdicts().processed()).isTrue();
  }

  @Test
  void aBadSignatureIsRecordedAndAnswered200() throws Exception {
    try (IngressServer server = server()) {
      HttpResponse<String> answer =
          server.post(PATH, message("wamid.1"), "X-Hub-Signature-256", "sha256=" + "0".repeat(64));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .startsWith("{\"accepted\":false,\"reason\":\"invalid_signature\",\"requestId\":")
          .contains(
              "\"signatureValid\":false,\"summary\":{\"object\":\"whatsapp_business_account\"")
          .doesNotContain("outboxJobId");
    }
    WebhookReceived fact = (WebhookReceived) IngressServer.facts(journal).getFirst();
    assertThat(fact.verdicts().processed()).isFalse();
  }

  @Test
  void aSourceCanAnswer401AndStillRecords() throws Exception {
    IngressSettings strict =
        new IngressSettings(1 << 20, Set.of("meta"), Set.of(), usual().dedup(), usual().guard());
    try (IngressServer server = new IngressServer(strict, journal, IngressServer.Known.USUAL)) {
      assertThat(server.post("/webhooks/meta", message("wamid.1")).statusCode()).isEqualTo(401);
      assertThat(server.post(PATH, message("wamid.1")).statusCode()).isEqualTo(200);
    }
    assertThat(IngressServer.facts(journal)).hasSize(2);
  }

  @Test
  void signedBodiesThatAreNoEnvelopeAreRecordedWithTheirReason() throws Exception {
    try (IngressServer server = server()) {
      assertThat(server.postSigned(PATH, "{\"object\":").body())
          .contains("\"accepted\":false,\"reason\":\"invalid_json\"")
          .contains("\"signatureValid\":true,\"summary\":{\"object\":null");
      assertThat(server.postSigned(PATH, "{\"object\":\"pa\\\"ge\",\"entry\":[]}").body())
          .contains("\"reason\":\"invalid_payload\"")
          .contains("\"object\":\"pa\\\"ge\"");
    }
    assertThat(IngressServer.facts(journal)).hasSize(2);
  }

  @Test
  void fiftyIdenticalConcurrentPostsAreOneEventAndFortyNineSightings() throws Exception {
    String body = message("wamid.1");
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    try (IngressServer server = server()) {
      for (int i = 0; i < 50; i++) {
        answers.add(server.postLater(PATH, body));
      }
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
    }
    assertThat(answers.stream().map(a -> eventId(a.join().body())).distinct()).hasSize(1);
    assertThat(answers.stream().filter(a -> a.join().body().contains("\"duplicate\":true")))
        .hasSize(49);
    List<Fact> facts = IngressServer.facts(journal);
    assertThat(facts.stream().filter(WebhookReceived.class::isInstance)).hasSize(1);
    assertThat(facts.stream().filter(DuplicateSeen.class::isInstance)).hasSize(49);
  }

  @Test
  void aRepeatIsKnownAfterARestart() throws Exception {
    String first;
    try (IngressServer server = server()) {
      first = server.postSigned(PATH, message("wamid.1")).body();
    }
    journal.close();
    open();
    try (IngressServer server = server()) {
      String repeat = server.postSigned(PATH, message("wamid.1")).body();
      assertThat(repeat).contains("\"duplicate\":true");
      assertThat(eventId(repeat)).isEqualTo(eventId(first));
    }
  }

  @Test
  void anInvalidSignatureReservesNoPlace() throws Exception {
    try (IngressServer server = server()) {
      server.post(PATH, message("wamid.1"));
      assertThat(server.postSigned(PATH, message("wamid.1")).body())
          .contains("\"accepted\":true")
          .doesNotContain("duplicate");
    }
  }

  @Test
  void theDashboardsTestPayloadIsNeverADuplicate() throws Exception {
    String body = message("wamid.1").replace("\"id\":\"102290129340398\"", "\"id\":\"0\"");
    try (IngressServer server = server()) {
      String one = server.postSigned(PATH, body).body();
      String two = server.postSigned(PATH, body).body();
      assertThat(two).doesNotContain("duplicate");
      assertThat(eventId(two)).isNotEqualTo(eventId(one));
    }
  }

  @Test
  void bothSecretsCountWhileTheyRotate() throws Exception {
    IngressServer.Known rotating =
        new IngressServer.Known(List.of("new-secret", IngressServer.SECRET), List.of());
    try (IngressServer server = new IngressServer(usual(), journal, rotating)) {
      assertThat(server.postSigned(PATH, message("wamid.1")).body()).contains("\"accepted\":true");
    }
  }

  @Test
  void withoutASecretNothingIsProcessedUnlessTheWorkspaceIsMocked() throws Exception {
    IngressServer.Known bare = new IngressServer.Known(List.of(), List.of());
    try (IngressServer server = new IngressServer(usual(), journal, bare)) {
      assertThat(server.postSigned(PATH, message("wamid.1")).body())
          .contains("\"accepted\":false")
          .contains("\"signatureValid\":false");
    }
    IngressSettings mock =
        new IngressSettings(
            1 << 20, Set.of(), Set.of(WorkspaceId.DEFAULT), usual().dedup(), usual().guard());
    try (IngressServer server = new IngressServer(mock, journal, bare)) {
      assertThat(server.post(PATH, message("wamid.1")).body())
          .contains("\"accepted\":true")
          .contains("\"signatureValid\":false")
          .contains("outboxJobId");
    }
  }

  @Test
  void aStrangerIsStoppedByTheGuardAndMetaIsNot() throws Exception {
    try (IngressServer server = server()) {
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        statuses.add(server.post(PATH, message("wamid." + i)).statusCode());
      }
      assertThat(statuses).startsWith(200, 200, 200, 200, 200).endsWith(429);
      assertThat(server.post(PATH, message("wamid.9")).headers().firstValue("retry-after"))
          .isPresent();
      assertThat(server.postSigned(PATH, message("wamid.10")).statusCode()).isEqualTo(200);
    }
    assertThat(IngressServer.facts(journal)).hasSize(6);
  }

  @Test
  void unsignedBytesAreLimitedPerAddressAndSignedOnesAreNot() throws Exception {
    IngressSettings.ByteLimits bytes =
        new IngressSettings.ByteLimits(10_000, 1, 1 << 20, 1 << 20, 0);
    String large = message("wamid." + "x".repeat(4000));
    try (IngressServer server =
        new IngressServer(limiting(bytes), journal, IngressServer.Known.USUAL)) {
      assertThat(server.post(PATH, large).statusCode()).isEqualTo(200);
      assertThat(server.post(PATH, large).statusCode()).isEqualTo(200);
      assertThat(server.post(PATH, large).statusCode()).isEqualTo(429);
      assertThat(server.postSigned(PATH, large).statusCode()).isEqualTo(200);
    }
    assertThat(IngressServer.facts(journal)).hasSize(3);
  }

  @Test
  void unsignedBytesHaveAShareOfTheJournal() throws Exception {
    IngressSettings.ByteLimits bytes =
        new IngressSettings.ByteLimits(1 << 20, 1 << 20, 1 << 20, 6_000, 0);
    String large = message("wamid." + "x".repeat(4000));
    try (IngressServer server =
        new IngressServer(limiting(bytes), journal, IngressServer.Known.USUAL)) {
      server.post(PATH, large);
      assertThat(server.post(PATH, large).statusCode()).isEqualTo(200);
      assertThat(server.post(PATH, "{}").statusCode()).isEqualTo(429);
      assertThat(server.postSigned(PATH, large).statusCode()).isEqualTo(200);
    }
  }

  private static IngressSettings limiting(IngressSettings.ByteLimits bytes) {
    return new IngressSettings(
        1 << 20,
        Set.of(),
        Set.of(),
        usual().dedup(),
        new IngressSettings.GuardLimits(1_000, 1_000, 1_000, Duration.ofSeconds(5), bytes));
  }

  @Test
  void aMissingSecretIsToldToTheSenderAndRecorded() throws Exception {
    IngressServer.Known unset = new IngressServer.Known(List.of(), List.of());
    try (IngressServer server = new IngressServer(usual(), journal, unset)) {
      assertThat(server.postSigned(PATH, message("wamid.1")).body())
          .contains("\"accepted\":false,\"reason\":\"no_secret\"")
          .contains("\"signatureValid\":false");
    }
    WebhookReceived fact = (WebhookReceived) IngressServer.facts(journal).getFirst();
    assertThat(fact.verdicts().lacksSecret()).isTrue();
    assertThat(fact.verdicts().processed()).isFalse();
  }

  @Test
  void aDeliveryIdMakesOtherBytesARepeatOnlyIfTheSettingSaysSo() throws Exception {
    try (IngressServer server = server()) {
      assertThat(delivered(server, "1", "wamid.1")).doesNotContain("duplicate");
      assertThat(delivered(server, "1", "wamid.2")).doesNotContain("duplicate");
    }
    try (IngressServer server =
        new IngressServer(byDeliveryId(), journal, IngressServer.Known.USUAL)) {
      String first = delivered(server, "2", "wamid.3");
      assertThat(delivered(server, "2", "wamid.4")).contains("\"duplicate\":true", eventId(first));
      assertThat(delivered(server, "3", "wamid.3"))
          .as("the bytes came before")
          .contains("\"duplicate\":true", eventId(first));
      assertThat(delivered(server, "3", "wamid.5"))
          .as("and so did the id")
          .contains("\"duplicate\":true", eventId(first));
      assertThat(delivered(server, "4", "wamid.5")).doesNotContain("duplicate");
    }
    try (IngressServer again =
        new IngressServer(byDeliveryId(), journal, IngressServer.Known.USUAL)) {
      assertThat(delivered(again, "4", "wamid.6")).contains("\"duplicate\":true");
    }
  }

  private static String delivered(IngressServer server, String deliveryId, String wamid)
      throws Exception {
    String body = message(wamid);
    return server
        .post(
            PATH,
            body,
            "X-Hub-Signature-256",
            IngressServer.signature(body),
            "X-Meta-Delivery-Id",
            deliveryId)
        .body();
  }

  private static IngressSettings byDeliveryId() {
    return new IngressSettings(
        1 << 20,
        Set.of(),
        Set.of(),
        new IngressSettings.Dedup(1_000, 1 << 20, true),
        usual().guard());
  }

  @Test
  void whatCannotBeStoredIsAnswered503() throws Exception {
    try (IngressServer server = server()) {
      journal.close();
      HttpResponse<String> answer = server.postSigned(PATH, message("wamid.1"));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("retry-after")).isPresent();
      assertThat(server.postSigned(PATH, message("wamid.1")).body()).doesNotContain("duplicate");
    }
  }

  @Test
  void aBodyOverTheLimitIs413AndNothingIsStored() throws Exception {
    try (IngressServer server = server()) {
      assertThat(server.postSigned(PATH, " ".repeat((1 << 20) + 1)).statusCode()).isEqualTo(413);
      assertThat(server.postSigned(PATH, " ".repeat(1 << 20)).statusCode()).isEqualTo(200);
    }
    assertThat(IngressServer.facts(journal)).hasSize(1);
  }

  @Test
  void eachWorkspaceHasItsPath() throws Exception {
    try (IngressServer server = server()) {
      server.postSigned("/w/acme/webhooks/meta", message("wamid.1"));
      assertThat(server.postSigned("/w/nobody/webhooks/meta", message("wamid.1")).statusCode())
          .isEqualTo(404);
    }
    WebhookReceived fact = (WebhookReceived) IngressServer.facts(journal).getFirst();
    assertThat(fact.origin().workspace()).isEqualTo(new WorkspaceId("acme"));
    assertThat(fact.origin().source()).isEqualTo("meta");
  }

  @Test
  void theHandshakeEchoesTheRawChallenge() throws Exception {
    try (IngressServer server = server()) {
      HttpResponse<String> answer = server.get(handshake("subscribe", IngressServer.TOKEN));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("1158<201>444");
      assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
      for (String refused :
          List.of(handshake("subscribe", "wrong"), handshake("other", IngressServer.TOKEN), PATH)) {
        HttpResponse<String> refusal = server.get(refused);
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).isEqualTo("{\"ok\":false,\"error\":\"verification_failed\"}");
      }
    }
  }

  private static String handshake(String mode, String token) {
    return PATH + "?hub.mode=" + mode + "&hub.challenge=1158%3C201%3E444&hub.verify_token=" + token;
  }

  private IngressServer server() {
    return new IngressServer(usual(), journal, IngressServer.Known.USUAL);
  }

  private static IngressSettings usual() {
    return new IngressSettings(
        1 << 20,
        Set.of(),
        Set.of(),
        new IngressSettings.Dedup(1_000, 1 << 20),
        new IngressSettings.GuardLimits(
            5, 1, 1_000, Duration.ofSeconds(5), IngressSettings.ByteLimits.DEFAULT));
  }

  private static String eventId(String body) {
    Matcher matcher = Pattern.compile("evt_[0-9a-z]{26}").matcher(body);
    assertThat(matcher.find()).as(body).isTrue();
    return matcher.group();
  }

  private static String message(String wamid) {
    return """
    {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":\
    "messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":\
    "15550001111","phone_number_id":"106540352242922"},"messages":[{"from":"15550002222","id":\
    "%s","timestamp":"1717000000","type":"text","text":{"body":"Hello"}}]}}]}]}\
    """
        .formatted(wamid);
  }
}
