package dev.chasqui.dialect.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.standardwebhooks.Webhook;
import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.Outgoing.Secrets;
import dev.chasqui.dialect.Outgoing.Source;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.dialect.meta.Envelope;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.dialect.meta.Notifications;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardDialectTest {

  private static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:05Z");
  private static final String NEW = "whsec_Q2hhc3F1aSBydW5zIG92ZXIgdGhlIG1vdW50YWlucw==";
  private static final String OLD = "whsec_QW5vdGhlciBydW5uZXIgd2FpdHMgYXQgdGhlIHRhbWJv";
  private static final String ITEM =
      "{ \"from\":\"591720\",\"id\":\"wamid.A\", \"timestamp\":\"1767225600\",\"type\":\"text\",\"text\":{\"body\":\"\\u00a1Hola! ä\"} }";
  private static final Bytes BODY =
      Bytes.utf8(
          """
          {"object":"whatsapp_business_account","entry":[{"id":"77","time":1767225601,"changes":[
           {"field":"messages","value":{"metadata":{"display_phone_number":"59171","phone_number_id":"5"},
            "contacts":[{"profile":{"name":"A \\"na\\""},"wa_id":"591720","user_id":"BO.1"}],
            "messages":[%s],
            "statuses":[{"id":"wamid.B","status":"failed","recipient_id":"591720",
                         "errors":[{"code":131026,"title":"Undeliverable"}]}]}},
           {"field":"calls","value":{"calls":[{"id":"wacid.1","event":"connect","from":"591720"}]}},
           {"field":"message_echoes","value":{"message_echoes":[{"id":"wamid.C","to":"591720","type":"image"}]}},
           {"field":"flows","value":{ "event" : 1.0 }}]}]}
          """
              .formatted(ITEM));

  private final StandardDialect dialect = new StandardDialect();

  private Rendered render(ItemPath path, Instant now) {
    return render(new Source(BODY, List.of(path), null, "sha256=x"), now);
  }

  private Rendered render(Source source, Instant now) {
    Outgoing.Identity identity =
        new Outgoing.Identity(
            WorkspaceId.DEFAULT,
            new DeliveryId(Ulid.first(RECEIVED)),
            new EventId(Ulid.first(RECEIVED)),
            RECEIVED);
    Secrets secrets = new Secrets(List.of(NEW, OLD), List.of("app"));
    return dialect.render(new Outgoing(identity, source, secrets, now));
  }

  private String body(ItemPath path) {
    return render(path, RECEIVED).body().toUtf8();
  }

  @ParameterizedTest
  @ValueSource(strings = {NEW, OLD})
  void receiversVerifyItWithEitherSecret(String secret) throws Exception {
    Rendered rendered = render(new ItemPath(0, 0, 0), Clock.systemUTC().instant());
    Map<String, List<String>> headers =
        rendered.headers().stream()
            .collect(Collectors.toMap(h -> h.name(), h -> List.of(h.value())));
    Webhook receiver = new Webhook(secret);
    receiver.verify(rendered.body().toUtf8(), headers);
    assertThat(headers.get("webhook-id")).containsExactly("dlv_" + Ulid.first(RECEIVED));
  }

  @Test
  void signsAsTheSpecificationsOwnLibraryDoes() throws Exception {
    Rendered rendered = render(new ItemPath(0, 0, 0), RECEIVED);
    Map<String, String> headers = rendered.headerMap();
    String id = headers.get("webhook-id");
    long at = RECEIVED.getEpochSecond();
    String body = rendered.body().toUtf8();
    assertThat(headers)
        .containsEntry("webhook-timestamp", Long.toString(at))
        .containsEntry(
            "webhook-signature",
            new Webhook(NEW).sign(id, at, body) + " " + new Webhook(OLD).sign(id, at, body));
    assertThat(headers.keySet())
        .containsExactly("Content-Type", "webhook-id", "webhook-timestamp", "webhook-signature");
  }

  @Test
  void aMessageHasItsJsonInsideByteForByte() {
    assertThat(body(new ItemPath(0, 0, 0)))
        .isEqualTo(
            "{\"type\":\"message.received\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{"
                + "\"eventId\":\"evt_"
                + Ulid.first(RECEIVED)
                + "\",\"path\":\"0.0.0\",\"workspace\":\"default\",\"field\":\"messages\","
                + "\"wabaId\":\"77\",\"phoneNumberId\":\"5\",\"displayPhoneNumber\":\"59171\","
                + "\"messageId\":\"wamid.A\",\"messageType\":\"text\",\"contact\":{"
                + "\"waId\":\"591720\",\"userId\":\"BO.1\",\"name\":\"A \\\"na\\\"\"},\"raw\":"
                + ITEM
                + "}}");
  }

  @Test
  void whatCameOverTheFallbackChannelSaysSo() {
    Bytes overFallback =
        Bytes.utf8(
            BODY.toUtf8().replace("{\"metadata\":{", "{\"metadata\":{\"channel\":\"fallback\","));
    Source source = new Source(overFallback, List.of(new ItemPath(0, 0, 0)), null, "sha256=x");
    assertThat(
            Json.read(render(source, RECEIVED).body()).path("data").path("channel").stringValue())
        .isEqualTo("fallback");
    assertThat(
            Json.read(render(new ItemPath(0, 0, 0), RECEIVED).body()).path("data").has("channel"))
        .isFalse();
  }

  @Test
  void aStatusTellsItsErrors() {
    assertThat(body(new ItemPath(0, 0, 1)))
        .startsWith("{\"type\":\"message.status\",\"timestamp\":\"2026-01-01T00:00:05Z\"")
        .contains(
            "\"messageId\":\"wamid.B\",\"status\":\"failed\",\"contact\":{\"waId\":\"591720\"")
        .contains("\"errors\":[{\"code\":131026,\"title\":\"Undeliverable\"}],\"raw\":{\"id\"");
  }

  @Test
  void callsEchoesAndChangesHaveTheirTypes() {
    assertThat(body(new ItemPath(0, 1, 0)))
        .startsWith("{\"type\":\"call.event\"")
        .contains("\"callId\":\"wacid.1\",\"event\":\"connect\",\"contact\":{\"waId\":\"591720\"}");
    assertThat(body(new ItemPath(0, 2, 0)))
        .startsWith("{\"type\":\"message.sent\"")
        .contains("\"messageId\":\"wamid.C\",\"messageType\":\"image\"");
    assertThat(body(ItemPath.ofChange(0, 3)))
        .startsWith("{\"type\":\"change.received\",\"timestamp\":\"2026-01-01T00:00:01Z\"")
        .endsWith("\"raw\":{\"field\":\"flows\",\"value\":{ \"event\" : 1.0 }}}}");
  }

  @Test
  void everyBodyIsJson() {
    for (Notification notification : Notifications.of(envelope())) {
      Bytes body = render(notification.path(), RECEIVED).body();
      assertThat(Json.read(body).at("/data/eventId").isString()).isTrue();
    }
  }

  @Test
  void attemptsDifferOnlyInTimeAndSignature() {
    Rendered first = render(new ItemPath(0, 0, 0), RECEIVED);
    Rendered second = render(new ItemPath(0, 0, 0), RECEIVED.plusSeconds(300));
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headerMap().get("webhook-id")).isEqualTo(first.headerMap().get("webhook-id"));
    assertThat(second.headerMap().get("webhook-signature"))
        .isNotEqualTo(first.headerMap().get("webhook-signature"));
  }

  @Test
  void eachNotificationIsADeliveryOfItsOwn() {
    List<Notification> all = Notifications.of(envelope());
    assertThat(dialect.units(all)).hasSize(5).allMatch(unit -> unit.size() == 1);
  }

  @Test
  void aDeliveryOfSeveralIsRefused() {
    Source both =
        new Source(BODY, List.of(new ItemPath(0, 0, 0), new ItemPath(0, 0, 1)), null, null);
    Source whole = new Source(BODY, List.of(), null, null);
    Source noEnvelope = new Source(Bytes.utf8("{}"), List.of(), null, null);
    for (Source source : List.of(both, whole, noEnvelope)) {
      assertThatIllegalArgumentException().isThrownBy(() -> render(source, RECEIVED));
    }
  }

  @Test
  void triesAsTheSpecificationAdvises() {
    Policy policy = dialect.defaults();
    assertThat(policy.deadline()).isEqualTo(Duration.ofSeconds(15));
    assertThat(policy.retry().honoursRetryAfter()).isTrue();
    assertThat(policy.retry().schedule()).hasSize(7).isSorted();
    assertThat(policy.verdicts().success().contains(204)).isTrue();
    assertThat(policy.verdicts().disableOn()).containsExactly(410);
    for (int status : new int[] {400, 401, 404, 410, 422}) {
      assertThat(policy.verdicts().cancelOn().contains(status)).as("%d", status).isTrue();
    }
    for (int status : new int[] {408, 425, 429, 500, 302}) {
      assertThat(policy.verdicts().cancelOn().contains(status)).as("%d", status).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "whsec_short", "whsec_!!", "plain text of any length"})
  void otherSecretsAreRefused(String secret) {
    assertThat(dialect.secretObjection(secret)).isPresent();
  }

  @Test
  void aNewSecretIsOneThatItTakes() {
    String secret = dialect.newSecret(new byte[32]);
    assertThat(secret).startsWith("whsec_");
    assertThat(dialect.secretObjection(secret)).isEmpty();
    assertThat(dialect.secretObjection(NEW)).isEmpty();
  }

  private static Envelope envelope() {
    return (Envelope) EnvelopeScanner.scan(BODY);
  }
}
