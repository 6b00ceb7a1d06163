package dev.chasqui.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.SourceDialects;
import dev.chasqui.dialect.exotel.ExotelCallbacks;
import dev.chasqui.dialect.exotel.ExotelSource;
import dev.chasqui.dialect.turn.TurnSource;
import dev.chasqui.dialect.turn.TurnWebhooks;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Fact.WebhookReceived;
import dev.chasqui.journal.file.FileJournal;
import dev.chasqui.journal.file.JournalSettings;
import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.model.SourceAccount.Access;
import dev.chasqui.model.SourceAccount.Admission;
import dev.chasqui.model.SourceAccount.Secret;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.WorkspaceId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Webhooks of Turn's channels and Exotel's accounts: which are accepted, and what is recorded.
class AccountWebhooksIT {

  private static final String TURN = "/webhooks/turn/channel-1";
  private static final String EXOTEL = "/webhooks/exotel/acme1";
  private static final WorkspaceId ACME = new WorkspaceId("acme");
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant FAR_OFF = Instant.parse("2120-01-01T00:00:00Z");

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
  void aSignedWebhookOfTurnIsAnsweredAsMetasAre() throws Exception {
    String body = TurnWebhooks.status("read");
    try (IngressServer server = server("signature")) {
      HttpResponse<String> answer = server.post(TURN, body, turn("turn-secret", body));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .matches(
              "\\{\"accepted\":true,\"requestId\":\"[0-9a-f-]{36}\",\"signatureValid\":true,"
                  + "\"webhookEventId\":\"evt_[0-9a-z]{26}\",\"outboxJobId\":\"job_[0-9a-z]{26}\","
                  + "\"summary\":\\{\"object\":\"whatsapp_business_account\",\"entries\":1,"
                  + "\"changeCount\":1,\"topic\":\"message_status\",\"messageCount\":0,"
                  + "\"statusCount\":1}}");
    }
    WebhookReceived fact = only();
    assertThat(fact.body()).isEqualTo(Bytes.utf8(body));
    assertThat(fact.origin())
        .isEqualTo(
            new Fact.Origin(
                ACME, "turn", null, new Fact.ChannelOrigin("signature", channel("channel-1"))));
  }

  @Test
  void aRepeatGetsTheFirstOnesIdsAndAnotherAccountsBodyIsNoRepeat() throws Exception {
    String body = TurnWebhooks.status("read");
    try (IngressServer server = server("signature")) {
      server.post(TURN, body, turn("turn-secret", body));
      assertThat(server.post(TURN, body, turn("turn-secret", body)).body())
          .contains("\"duplicate\":true");
      assertThat(server.post("/webhooks/turn/channel-2", body, turn("turn-secret", body)).body())
          .contains("\"accepted\":true")
          .doesNotContain("duplicate");
    }
    assertThat(IngressServer.facts(journal)).hasSize(3);
    assertThat(IngressServer.facts(journal))
        .filteredOn(Fact.DuplicateSeen.class::isInstance)
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"turn-secret,true", "former,true", "ended,false", "other,false"})
  void bothSecretsOfARotationAreGoodUntilTheFormerEnds(String secret, boolean isGood)
      throws Exception {
    String body = TurnWebhooks.errors();
    try (IngressServer server = server("signature")) {
      assertThat(server.post(TURN, body, turn(secret, body)).body())
          .contains("\"accepted\":" + isGood)
          .contains("\"signatureValid\":" + isGood);
    }
    assertThat(only().verdicts().processed()).isEqualTo(isGood);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"{\"messages\"; invalid_json", "{\"a\":1}; invalid_payload", "[]; invalid_payload"})
  void whatIsSignedButNoWebhookIsRecordedWithTheReason(String body, String reason)
      throws Exception {
    try (IngressServer server = server("signature")) {
      assertThat(server.post(TURN, body, turn("turn-secret", body)).body())
          .contains("\"accepted\":false,\"reason\":\"" + reason + "\"");
    }
    assertThat(only().verdicts().processed()).isFalse();
  }

  @Test
  void anUnknownAccountIs404AndNothingIsRecorded() throws Exception {
    String body = TurnWebhooks.errors();
    try (IngressServer server = server("signature")) {
      for (String path :
          List.of("/webhooks/turn/other", "/webhooks/turn/acme1", "/webhooks/exotel/channel-1")) {
        assertThat(server.post(path, body, turn("turn-secret", body)).statusCode()).isEqualTo(404);
      }
      assertThat(server.get("/webhooks/exotel/other?hub.mode=subscribe").statusCode())
          .isEqualTo(404);
    }
    assertThat(IngressServer.facts(journal)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/incoming", "/status"})
  void allPathsOfAnAccountAreAlike(String suffix) throws Exception {
    String body = ExotelCallbacks.mixedD();
    try (IngressServer server = server("signature")) {
      assertThat(server.post(EXOTEL + suffix, body, exotel(body)).body())
          .contains("\"accepted\":true")
          .contains("\"messageCount\":2,\"statusCount\":1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "signature,                signature,          sign",
    "url-key,                  url-key,            key",
    "account-sid,              account-sid,        sid",
    "address,                  address,            ",
    "none,                     none,               ",
    "signature none,           none,               ",
    "signature url-key,        url-key,            key",
    "signature url-key,        signature,          sign key",
    "url-key+account-sid,      url-key+account-sid,key sid",
    "url-key+address,          url-key+address,    key",
    "url-key+account-sid,      ,                   key",
    "url-key+account-sid,      ,                   sid",
    "signature,                ,                   ",
    "signature,                ,                   key sid",
    "url-key,                  ,                   sign sid"
  })
  void theModeThatPassesIsRecorded(String modes, String passed, String proofs) throws Exception {
    Set<String> given = proofs == null ? Set.of() : Set.of(proofs.split(" "));
    String body = given.contains("sid") ? ExotelCallbacks.messageB() : ExotelCallbacks.statusC();
    String path = given.contains("key") ? EXOTEL + "?a=1&key=k%2Fey" : EXOTEL + "?key=wrong";
    String[] headers = given.contains("sign") ? exotel(body) : new String[0];
    boolean isIn = passed != null;
    boolean isSigned = isIn && passed.contains("signature");
    try (IngressServer server = server(modes)) {
      assertThat(server.post(path, body, headers).body())
          .contains("\"accepted\":" + isIn)
          .contains("\"signatureValid\":" + isSigned);
    }
    Fact.ChannelOrigin channelOrigin = only().origin().channelOrigin();
    assertThat(channelOrigin).isEqualTo(new Fact.ChannelOrigin(passed, channel("acme1")));
    assertThat(only().head().query()).isEqualTo(given.contains("key") ? "a=1&key=***" : "key=***");
  }

  @Test
  void anAddressThatIsNotListedIsNotBelieved() throws Exception {
    Admission admission = new Admission(modes("address"), List.of("10.0.0.0/8", "127.0.0.9"));
    try (IngressServer server = server(admission)) {
      assertThat(server.post(EXOTEL, ExotelCallbacks.statusC()).body())
          .contains("\"reason\":\"invalid_signature\"");
    }
  }

  @Test
  void aQueryThatCannotBeReadProvesNothingAndIsRecorded() throws Exception {
    try (IngressServer server = server("url-key")) {
      assertThat(server.postRaw(EXOTEL + "?key=%zz", ExotelCallbacks.statusC()))
          .contains("\"reason\":\"invalid_signature\"");
    }
    assertThat(only().head().query()).isEqualTo("key=***");
  }

  @Test
  void formsAreCallbacksToo() throws Exception {
    try (IngressServer server = server("none")) {
      assertThat(
              server
                  .send(EXOTEL, ExotelCallbacks.formReport(), "application/x-www-form-urlencoded")
                  .body())
          .contains("\"statusCount\":1");
      assertThat(
              server
                  .send(EXOTEL, ExotelCallbacks.multipartReport(), ExotelCallbacks.MULTIPART)
                  .body())
          .contains("\"statusCount\":1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"type\":\"verification\",\"challenge\":\"a\\\"b\"}; 200; {\"challenge\":\"a\\\"b\"}",
        "{\"event\":\"verification\",\"challenge\":\"c\",\"verify_token\":\"let-me-in\"}; 200;"
            + " {\"challenge\":\"c\"}",
        "{\"type\":\"verification\",\"challenge\":\"c\",\"verify_token\":\"wrong\"}; 400;"
            + " {\"ok\":false,\"error\":\"verification_failed\"}"
      })
  void aVerificationByPostIsAnsweredAndNotRecorded(String body, int status, String answer)
      throws Exception {
    try (IngressServer server = server("signature")) {
      HttpResponse<String> answered = server.post(EXOTEL, body);
      assertThat(answered.statusCode()).isEqualTo(status);
      assertThat(answered.body()).isEqualTo(answer);
    }
    assertThat(IngressServer.facts(journal)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"let-me-in,200,42", "wrong,400,'{\"ok\":false,\"error\":\"verification_failed\"}'"})
  void aVerificationByGetIsAnsweredAsMetasIs(String token, int status, String answer)
      throws Exception {
    String query = "?hub.mode=subscribe&hub.challenge=42&hub.verify_token=" + token;
    try (IngressServer server = server("signature")) {
      HttpResponse<String> answered = server.get(EXOTEL + "/incoming" + query);
      assertThat(answered.statusCode()).isEqualTo(status);
      assertThat(answered.body()).isEqualTo(answer);
    }
  }

  @Test
  void strangersAreLimitedAndAccountsAreNot() throws Exception {
    String body = ExotelCallbacks.statusC();
    try (IngressServer server = server("signature")) {
      for (int i = 0; i < 3; i++) {
        assertThat(server.post(EXOTEL, body).statusCode()).isEqualTo(200);
      }
      assertThat(server.post(EXOTEL, body).statusCode()).isEqualTo(429);
      assertThat(server.post(EXOTEL, body, exotel(body)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aRestartKnowsWhatCameLately() throws Exception {
    String body = ExotelCallbacks.statusC();
    try (IngressServer server = server("signature")) {
      server.post(EXOTEL, body, exotel(body));
    }
    try (IngressServer server = server("signature")) {
      assertThat(server.post(EXOTEL, body, exotel(body)).body()).contains("\"duplicate\":true");
    }
  }

  private WebhookReceived only() {
    List<Fact> facts = IngressServer.facts(journal);
    assertThat(facts).hasSize(1);
    return (WebhookReceived) facts.getFirst();
  }

  private IngressServer server(String modes) {
    return server(new Admission(modes(modes), List.of("127.0.0.0/8")));
  }

  private static List<AuthenticationMode> modes(String texts) {
    return Arrays.stream(texts.split(" ")).map(AuthenticationMode::parse).toList();
  }

  private IngressServer server(Admission admission) {
    Access turn =
        new Access(
            List.of(
                new Secret("turn-secret", null),
                new Secret("former", FAR_OFF),
                new Secret("ended", LONG_AGO)),
            null,
            null,
            null,
            null);
    Access exotel =
        new Access(List.of(new Secret("exotel-secret", null)), "key", "token", "k/ey", "let-me-in");
    Map<String, SourceAccount> accounts =
        Map.of(
            "turn channel-1", account(DialectName.TURN, "channel-1", turn, Admission.SIGNED),
            "turn channel-2", account(DialectName.TURN, "channel-2", turn, Admission.SIGNED),
            "exotel acme1", account(DialectName.EXOTEL, "acme1", exotel, admission));
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
                (source, id) -> accounts.get(source.wire() + " " + id),
                new SourceDialects(List.of(new TurnSource(), new ExotelSource()))),
            IngressEvents.NONE));
  }

  private static SourceAccount account(
      DialectName source, String id, Access access, Admission admission) {
    return new SourceAccount(ACME, source, channel(id), access, admission);
  }

  private static SourceChannel channel(String id) {
    return new SourceChannel(id, "106540352242922", "102290129340398", null);
  }

  private static String[] turn(String secret, String body) {
    byte[] signature = SigningKey.of(secret).hmac(Bytes.utf8(body));
    return new String[] {"X-Turn-Hook-Signature", Base64.getEncoder().encodeToString(signature)};
  }

  private static String[] exotel(String body) {
    return new String[] {
      "X-Exotel-Signature", Signatures.sign(SigningKey.of("exotel-secret"), Bytes.utf8(body))
    };
  }
}
