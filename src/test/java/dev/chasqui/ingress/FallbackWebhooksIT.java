package dev.chasqui.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.SourceDialects;
import dev.chasqui.dialect.turn.FallbackSource;
import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.http.server.Headers;
import dev.chasqui.http.server.Response;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Fact.WebhookReceived;
import dev.chasqui.journal.file.FileJournal;
import dev.chasqui.journal.file.JournalSettings;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.WorkspaceId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Webhooks of fallback channels' bridges: which are accepted, what is recorded, what is answered.
class FallbackWebhooksIT {

  private static final String UUID = "/api/whatsapp/the-uuid";
  private static final String EVENTS = "/v1/events";
  private static final WorkspaceId ACME = new WorkspaceId("acme");
  private static final SourceChannel NUMBER = new SourceChannel("1", "1", "2", "15550001111");
  private static final String STATUS =
      "{\"statuses\":[{\"id\":\"sms-1\",\"recipient_id\":null,\"status\":\"sent\","
          + "\"timestamp\":\"1700000000\"}]}";
  private static final String EVENT =
      "{\"event_type\":\"external_message\",\"urn\":\"+51900\",\"timestamp\":1700000000000,"
          + "\"event_id\":\"e1\",\"details\":{\"content\":\"a\",\"direction\":\"inbound\"}}";

  @TempDir private Path folder;
  private FileJournal journal;
  private IngressServer server;

  @BeforeEach
  void open() {
    journal = FileJournal.open(folder, JournalSettings.DEFAULTS, 0);
    server = server();
  }

  @AfterEach
  void close() {
    server.close();
    journal.close();
  }

  private IngressServer server() {
    return new IngressServer(
        new IngressSettings(
            1 << 20,
            Set.of(),
            Set.of(),
            new IngressSettings.Dedup(100, 1 << 20),
            new IngressSettings.GuardLimits(
                3, 1, 1_000, Duration.ofSeconds(10), IngressSettings.ByteLimits.DEFAULT)),
        journal,
        new SourceContext(
            IngressServer.Known.USUAL,
            new SourceContext.Senders(
                SourceAccounts.NONE,
                new SourceDialects(List.of(new FallbackSource())),
                new Known()),
            IngressEvents.NONE));
  }

  private static final class Known implements FallbackSenders {

    private static final Bridge BRIDGE = new Bridge(ACME, NUMBER, List.of("new", "former"));

    @Override
    public @Nullable Bridge ofUuid(String uuid) {
      return uuid.equals("the-uuid") ? BRIDGE : null;
    }

    @Override
    public Bearer ofToken(Headers headers) {
      return "Bearer good".equals(headers.first("Authorization"))
          ? new Bearer.Known(BRIDGE)
          : new Bearer.Refused(Response.text(403, "no"));
    }
  }

  private WebhookReceived only() {
    List<Fact> facts = IngressServer.facts(journal);
    assertThat(facts).hasSize(1);
    return (WebhookReceived) facts.getFirst();
  }

  @Test
  void whoKnowsTheUuidIsBelievedAndTheUuidIsNotRecorded() throws Exception {
    HttpResponse<String> answer = server.post(UUID, STATUS, "x-turn-fallback-channel", "1");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"accepted\":true").contains("\"statusCount\":1");
    assertThat(only().origin())
        .isEqualTo(
            new Fact.Origin(
                ACME, "fallback", null, new Fact.ChannelOrigin("channel-uuid", NUMBER)));
    assertThat(only().body()).isEqualTo(Bytes.utf8(STATUS));
    assertThat(only().verdicts().processed()).isTrue();
    assertThat(only().verdicts().signatureValid()).isFalse();
    assertThat(only().head().first("X-Turn-Fallback-Channel")).isEqualTo("1");
    assertThat(only().toString()).doesNotContain("the-uuid");
  }

  @Test
  void whoHasATokenOfTheNumberIsBelievedAndTheTokenIsNotRecorded() throws Exception {
    HttpResponse<String> answer =
        server.post(EVENTS, EVENT, "Authorization", "Bearer good", "x-turn-fallback-channel", "1");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"messageCount\":1");
    assertThat(only().origin().channelOrigin()).isEqualTo(new Fact.ChannelOrigin("token", NUMBER));
    assertThat(only().head().first("Authorization")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"new,true", "former,true", "other,false"})
  void aBridgeThatSignsIsRecordedAsSigned(String secret, boolean isSigned) throws Exception {
    String signature = TurnDialect.signature(secret, Bytes.utf8(STATUS));
    server.post(UUID, STATUS, "X-Turn-Hook-Signature", signature);
    assertThat(only().verdicts().signatureValid()).isEqualTo(isSigned);
    assertThat(only().verdicts().processed()).isTrue();
  }

  @Test
  void theSameStatusTwiceIsOneAlsoAfterARestart() throws Exception {
    server.post(UUID, STATUS);
    assertThat(server.post(UUID, STATUS).body()).contains("\"duplicate\":true");
    server.close();
    server = server();
    assertThat(server.post(UUID, STATUS).body()).contains("\"duplicate\":true");
    assertThat(IngressServer.facts(journal))
        .filteredOn(WebhookReceived.class::isInstance)
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"{\"messages\"; -1; invalid_json", "{\"a\":1}; 1009; invalid_payload"})
  void whatIsNoEventIsRecordedAndRefusedSoThatTheBridgeNotices(String body, int code, String topic)
      throws Exception {
    HttpResponse<String> answer = server.post(UUID, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("{\"errors\":[{\"code\":" + code)
        .contains("\"webhookEventId\":\"evt_");
    assertThat(only().verdicts().processed()).isFalse();
    assertThat(only().verdicts().summary().topic().wire()).isEqualTo(topic);
  }

  @Test
  void whoGuessesIsToldNothingAndSoonLimited() throws Exception {
    assertThat(server.post("/api/whatsapp/other", STATUS).statusCode()).isEqualTo(404);
    assertThat(server.post(EVENTS, EVENT).statusCode()).isEqualTo(403);
    assertThat(server.post(EVENTS, EVENT, "Authorization", "Bearer bad").statusCode())
        .isEqualTo(403);
    assertThat(server.post("/api/whatsapp/another", STATUS).statusCode()).isEqualTo(429);
    assertThat(server.post(EVENTS, EVENT).statusCode()).isEqualTo(429);
    assertThat(server.post(UUID, STATUS).statusCode()).isEqualTo(200);
    assertThat(IngressServer.facts(journal)).hasSize(1);
  }
}
