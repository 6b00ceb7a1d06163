package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.messaging.UpstreamTown;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.ClaimId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// A contact whom people write in one way and WhatsApp in another, through a whole gateway.
class TwoNamesIT {

  private static final String NUMBER = "106540352242922";
  private static final String UNKNOWN_SPELLING = "4930111222";

  @TempDir private Path folder;
  private final UpstreamTown upstream = new UpstreamTown();
  private final UpstreamTown bridge = new UpstreamTown();
  private final HttpClient client = HttpClient.newHttpClient();
  private Gateway gateway;
  private Caller caller;
  private String token;

  @BeforeEach
  void open() throws Exception {
    start();
    caller.admin("PUT", "/api/v1/phone-numbers/" + NUMBER, "{\"wabaId\":\"102290129340398\"}");
    String channel =
        "{\"url\":\"%s/sms/messages\",\"secret\":\"bridge-secret-1\",\"errorThreshold\":1}"
            .formatted(bridge.url());
    assertThat(
            caller
                .admin("PUT", "/api/v1/phone-numbers/" + NUMBER + "/fallback", channel)
                .statusCode())
        .isEqualTo(200);
    String body = "{\"kind\":\"journey\",\"phoneNumberId\":\"%s\"}".formatted(NUMBER);
    token = json(caller.admin("POST", "/api/v1/tokens", body).body()).path("token").asString();
  }

  private void start() {
    gateway =
        LocalGateway.start(
            folder,
            Map.of("ledger.maxDelay", "PT1H"),
            new LocalGateway.Upstream(upstream.url().toString(), "EAAG-workspace"));
    caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
  }

  @AfterEach
  void close() {
    client.close();
    stop();
    upstream.close();
    bridge.close();
  }

  private void stop() {
    caller.close();
    gateway.close();
  }

  private static JsonNode json(String text) {
    return Json.read(Bytes.utf8(text));
  }

  /// WhatsApp knows every number under one id.
  private void knowsAs(String waId) {
    upstream.conduct(
        got ->
            Response.json(
                200,
                Bytes.utf8(
                    """
                    {"messaging_product":"whatsapp","contacts":[{"input":"%s","wa_id":"%s"}],\
                    "messages":[{"id":"wamid.R%d"}]}\
                    """
                        .formatted(got.text("to"), waId, got.number()))));
  }

  private HttpResponse<String> send(String to) throws IOException, InterruptedException {
    String body = "{\"to\":\"%s\",\"type\":\"text\",\"text\":{\"body\":\"x\"}}".formatted(to);
    return call("POST", "/v1/messages", body);
  }

  private HttpResponse<String> sendOverBridge(String recipient)
      throws IOException, InterruptedException {
    String body =
        "{\"recipient\":\"%s\",\"type\":\"text\",\"text\":{\"body\":\"x\"}}".formatted(recipient);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.publicUrl() + "/v1/messages"))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/vnd.v1+json")
            .header("X-Turn-Fallback-Channel", "1")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.publicUrl() + path))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/vnd.v1+json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private void failed(String wamid, String recipient) throws Exception {
    webhook(
        """
        "statuses":[{"id":"%s","status":"failed","timestamp":"%d","recipient_id":"%s",
          "errors":[{"code":131026,"title":"x"}]}]\
        """
            .formatted(wamid, Instant.now().getEpochSecond(), recipient));
  }

  private void webhook(String items) throws Exception {
    String body =
        """
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":\
        "messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":\
        "15550783881","phone_number_id":"%s"},%s}}]}]}\
        """
            .formatted(NUMBER, items);
    assertThat(caller.webhook(Bytes.utf8(body)).body()).contains("\"accepted\":true");
  }

  @ParameterizedTest
  @CsvSource({
    "525512345678,5215512345678",
    "5511987654321,551187654321",
    "541123456789,5491123456789",
    UNKNOWN_SPELLING + ",4930333444"
  })
  void aContactThatWhatsAppFailsIsReachedByTheBridgeHoweverItIsWritten(String written, String known)
      throws Exception {
    knowsAs(known);
    assertThat(send(written).body()).contains("wamid.R1");
    failed("wamid.R1", known);
    assertThat(caller.get("/api/v1/contacts/" + written))
        .contains("\"waId\":\"" + known, "\"isFallbackChannelActive\":true");
    assertThat(call("GET", "/v1/contacts/" + written, "").body())
        .isEqualTo(call("GET", "/v1/contacts/" + known, "").body());
    String checked = "{\"contacts\":[\"+%s\"]}".formatted(written);
    assertThat(call("POST", "/v1/contacts", checked).body())
        .contains("\"status\":\"valid\",\"wa_id\":\"" + known + "\"");
    assertThat(json(caller.get("/api/v1/events?waId=" + written)).path("data"))
        .isNotEmpty()
        .isEqualTo(json(caller.get("/api/v1/events?waId=" + known)).path("data"));
    assertThat(send(written).statusCode()).isEqualTo(200);
    assertThat(send(known).statusCode()).isEqualTo(200);
    assertThat(bridge.got()).hasSize(2);
    assertThat(upstream.got()).hasSize(1);
  }

  /// Nothing is read in between, which would write what waits.
  @Test
  void theSwitchIsInForceWithinAMomentUnderTheOtherName() throws Exception {
    knowsAs("4930333444");
    send(UNKNOWN_SPELLING);
    failed("wamid.R1", "4930333444");
    Conditions.until(
        "a message goes over the bridge",
        () -> {
          sendWell(UNKNOWN_SPELLING);
          return !bridge.got().isEmpty();
        });
  }

  private void sendWell(String to) {
    try {
      assertThat(send(to).statusCode()).isEqualTo(200);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyCallOnAContactTakesEitherName() throws Exception {
    knowsAs("4930333444");
    send(UNKNOWN_SPELLING);
    failed("wamid.R1", "4930333444");
    for (String id : List.of(UNKNOWN_SPELLING, "4930333444")) {
      String path = "/v1/contacts/" + id;
      String profile = "{\"name\":\"Ana %s\"}".formatted(id);
      assertThat(call("PATCH", path + "/profile", profile).statusCode()).isEqualTo(201);
      for (String other : List.of(UNKNOWN_SPELLING, "4930333444")) {
        assertThat(call("GET", "/v1/contacts/" + other + "/profile", "").body())
            .contains("Ana " + id);
      }
      assertThat(call("GET", path + "/messages", "").body()).contains("wamid.R1");
      assertThat(call("PATCH", path, "{\"is_fallback_active\":false}").body())
          .contains("\"wa_id\":\"4930333444\"");
      assertThat(caller.get("/api/v1/contacts/4930333444"))
          .contains("\"isFallbackChannelActive\":false");
      String on = "{\"isFallbackChannelActive\":true}";
      assertThat(caller.admin("PATCH", "/api/v1/contacts/" + id, on).body())
          .contains("\"waId\":\"4930333444\"", "\"isFallbackChannelActive\":true");
      assertThat(call("GET", "/v1/contacts/4930333444", "").body())
          .contains("\"is_fallback_active\":true");
    }
  }

  @Test
  void anAnswerThatWasJournaledIsStillAnAliasAfterARestart() throws Exception {
    knowsAs("4930333444");
    send(UNKNOWN_SPELLING);
    stop();
    start();
    failed("wamid.R1", "4930333444");
    assertThat(caller.get("/api/v1/contacts/" + UNKNOWN_SPELLING))
        .contains("\"waId\":\"4930333444\"", "\"isFallbackChannelActive\":true");
    assertThat(send(UNKNOWN_SPELLING).statusCode()).isEqualTo(200);
    assertThat(bridge.got()).hasSize(1);
  }

  @Test
  void aClaimOnAConversationHoldsUnderTheOtherSpelling() throws Exception {
    webhook(
        """
        "contacts":[{"profile":{"name":"Ana"},"wa_id":"5215599998888"}],
        "messages":[{"from":"5215599998888","id":"wamid.in","timestamp":"1796000000","type":"text",
          "text":{"body":"x"}}]\
        """);
    assertThat(caller.get("/api/v1/contacts/5215599998888")).contains("Ana");
    String body = "{\"kind\":\"api\",\"phoneNumberId\":\"%s\"}".formatted(NUMBER);
    String service =
        json(caller.admin("POST", "/api/v1/tokens", body).body()).path("token").asString();
    HttpRequest claiming =
        HttpRequest.newBuilder(URI.create(gateway.publicUrl() + "/v1/messages"))
            .header("Authorization", "Bearer " + service)
            .header("Accept", "application/vnd.v1+json")
            .header(
                "X-Turn-Claim-Extend",
                ClaimId.of(WorkspaceId.DEFAULT, NUMBER, "5215599998888").toString())
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"to\":\"5215599998888\",\"text\":{\"body\":\"x\"}}"))
            .build();
    assertThat(client.send(claiming, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    assertThat(send("525599998888").statusCode()).isEqualTo(409);
    assertThat(send("525599997777").statusCode()).isEqualTo(200);
  }

  @Test
  void bothIdsOfAnInboundMessageLeadToOneContact() throws Exception {
    webhook(
        """
        "contacts":[{"profile":{"name":"Ana"},"wa_id":"5215512345678","user_id":"MX.1"}],
        "messages":[{"from":"525512345678","id":"wamid.in","timestamp":"1796000000","type":"text",
          "text":{"body":"x"}}]\
        """);
    String contact = caller.get("/api/v1/contacts/5215512345678");
    assertThat(contact).contains("\"name\":\"Ana\"", "\"userId\":\"MX.1\"");
    assertThat(caller.get("/api/v1/contacts/525512345678")).isEqualTo(contact);
    assertThat(caller.get("/api/v1/contacts/MX.1")).isEqualTo(contact);
  }

  @Test
  void aUserIdIsNoNumberWhereverItStands() throws Exception {
    for (int i = 0; i < 3; i++) {
      failed("wamid.b" + i, "US.1349120865530274");
    }
    assertThat(caller.get("/api/v1/contacts/US.1349120865530274"))
        .contains("\"whatsappFailures\":3", "\"isFallbackChannelActive\":false")
        .doesNotContain("\"waId\":\"US");
    HttpResponse<String> switching =
        call("PATCH", "/v1/contacts/US.1349120865530274", "{\"is_fallback_active\":true}");
    assertThat(switching.statusCode()).isEqualTo(409);
    assertThat(switching.body()).contains("phone number is unknown");
    HttpResponse<String> switched =
        caller.admin(
            "PATCH", "/api/v1/contacts/US.1349120865530274", "{\"isFallbackChannelActive\":true}");
    assertThat(switched.statusCode()).isEqualTo(409);
    assertThat(switched.body()).contains("phone number is unknown");
    HttpResponse<String> forced = sendOverBridge("US.1349120865530274");
    assertThat(forced.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(forced.body()).contains("the contact has no phone number");
    assertThat(bridge.got()).isEmpty();
    webhook(
        """
        "contacts":[{"profile":{"name":"Ana"},"wa_id":"4930555","user_id":"US.1349120865530274"}],
        "messages":[{"from":"US.1349120865530274","id":"wamid.b","timestamp":"1796000000",
          "type":"text","text":{"body":"x"}}]\
        """);
    assertThat(caller.get("/api/v1/contacts/4930555"))
        .contains("\"userId\":\"US.1349120865530274\"", "\"name\":\"Ana\"");
  }
}
