package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Operator.paths;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Turn's channels and Exotel's accounts, set and looked at.
class SourceAccountsIT {

  private static final String TURN = "/api/v1/turn-channels";
  private static final String EXOTEL = "/api/v1/exotel-accounts";
  private static final String CHANNEL =
      "{\"phoneNumberId\":\"1\",\"secret\":\"the secret of turn\"}";
  private static final String ACCOUNT = "{\"apiKey\":\"the key of it\",\"apiToken\":\"the token\"}";

  @TempDir Path folder;
  private Operator operator;

  @BeforeEach
  void open() {
    operator = new Operator(folder, Map.of());
  }

  @AfterEach
  void close() {
    operator.close();
  }

  @Test
  void aChannelIsToldWithoutItsSecret() {
    Answered answered =
        operator.admin.put(
            TURN + "/c1",
            "{\"phoneNumberId\":\"1\",\"wabaId\":\"2\",\"displayPhoneNumber\":\"+1 555\","
                + "\"secret\":\"the secret of turn\"}");
    String told =
        "{\"id\":\"c1\",\"workspace\":\"default\",\"path\":\"/webhooks/turn/c1\","
            + "\"phoneNumberId\":\"1\",\"wabaId\":\"2\",\"displayPhoneNumber\":\"+1 555\","
            + "\"signingSecrets\":1,\"previousValidUntil\":null}";
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.text()).isEqualTo(told);
    assertThat(operator.admin.get(TURN + "/c1").text()).isEqualTo(told);
    assertThat(operator.admin.get(TURN).text())
        .isEqualTo("{\"data\":[" + told + "],\"nextCursor\":null}");
    assertThat(operator.engines.changes).hasValue(1);
  }

  @Test
  void anAccountIsToldWithoutItsSecrets() {
    Answered answered =
        operator.admin.put(
            EXOTEL + "/acme1",
            "{\"apiKey\":\"the key of it\",\"apiToken\":\"the token\",\"urlKey\":\"k\","
                + "\"authentication\":[\"signature\",\"url-key+address\",\"none\"],"
                + "\"addresses\":[\"203.0.113.0/24\"]}");
    assertThat(answered.text())
        .isEqualTo(
            "{\"id\":\"acme1\",\"workspace\":\"default\",\"path\":\"/webhooks/exotel/acme1\","
                + "\"phoneNumberId\":null,\"wabaId\":null,\"displayPhoneNumber\":null,"
                + "\"signingSecrets\":0,\"previousValidUntil\":null,\"hasApiLogin\":true,"
                + "\"hasUrlKey\":true,\"hasVerifyToken\":false,"
                + "\"authentication\":[\"signature\",\"url-key+address\",\"none\"],"
                + "\"addresses\":[\"203.0.113.0/24\"],"
                + "\"warnings\":[\"none: whoever knows the URL is believed\"]}");
  }

  @Test
  void aReplacedSecretStaysValidForTheOverlap() {
    operator.admin.put(TURN + "/c1", CHANNEL);
    Answered rotated =
        operator.admin.put(
            TURN + "/c1?overlap=PT2H", "{\"phoneNumberId\":\"1\",\"secret\":\"another one\"}");
    assertThat(rotated.json().path("signingSecrets").intValue()).isEqualTo(2);
    assertThat(rotated.json().path("previousValidUntil").stringValue())
        .isEqualTo("2026-05-04T12:00:00Z");
    operator.clock.move(Duration.ofHours(3));
    assertThat(operator.admin.get(TURN + "/c1").json().path("signingSecrets").intValue())
        .isEqualTo(1);
  }

  @Test
  void secretsThatAreLeftOutStayAndAllElseIsReplaced() {
    operator.admin.put(
        EXOTEL + "/acme1",
        "{\"apiKey\":\"k\",\"apiToken\":\"t\",\"signingSecret\":\"s\",\"urlKey\":\"u\","
            + "\"phoneNumberId\":\"1\",\"authentication\":[\"url-key\"]}");
    Answered again = operator.admin.put(EXOTEL + "/acme1", "{\"displayPhoneNumber\":\"1\"}");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("signingSecrets").intValue()).isEqualTo(1);
    assertThat(again.json().path("hasUrlKey").booleanValue()).isTrue();
    assertThat(again.json().path("phoneNumberId").isNull()).isTrue();
    assertThat(again.json().path("authentication").toString()).isEqualTo("[\"signature\"]");
  }

  @Test
  void theNumberOfAnAccountIsKnownFromThenOnWithItsWaba() {
    operator.admin.put(
        "/api/v1/phone-numbers/7", "{\"wabaId\":\"70\",\"displayPhoneNumber\":\"5\"}");
    Answered known = operator.admin.put(TURN + "/c1", "{\"phoneNumberId\":\"7\",\"secret\":\"s\"}");
    assertThat(known.json().path("wabaId").stringValue()).isEqualTo("70");
    assertThat(known.json().path("displayPhoneNumber").stringValue()).isEqualTo("5");
    operator.admin.put(TURN + "/c2", "{\"phoneNumberId\":\"8\",\"secret\":\"s\"}");
    assertThat(operator.admin.get("/api/v1/phone-numbers").text()).contains("\"id\":\"8\"");
  }

  @Test
  void anIdAndANumberBelongToOneWorkspace() {
    operator.admin.put(TURN + "/c1", CHANNEL);
    String other = "?workspace=" + Operator.OTHER;
    assertThat(operator.admin.put(TURN + "/c1" + other, CHANNEL).status()).isEqualTo(409);
    assertThat(operator.admin.put(TURN + "/c2" + other, CHANNEL).status()).isEqualTo(409);
    assertThat(operator.admin.get(TURN + "/c1" + other).status()).isEqualTo(404);
    assertThat(operator.admin.delete(TURN + "/c1" + other).status()).isEqualTo(404);
    assertThat(operator.admin.get(TURN + other).json().path("data").size()).isZero();
  }

  @Test
  void aDeletedAccountIsGone() {
    operator.admin.put(EXOTEL + "/acme1", ACCOUNT);
    assertThat(operator.admin.delete(TURN + "/acme1").status()).isEqualTo(404);
    assertThat(operator.admin.delete(EXOTEL + "/acme1").status()).isEqualTo(204);
    assertThat(operator.admin.get(EXOTEL + "/acme1").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "turn-channels; {}; phoneNumberId secret",
        "turn-channels; {\"phoneNumberId\":\"x\",\"secret\":\" \"}; phoneNumberId secret",
        "turn-channels; {\"phoneNumberId\":\"1\",\"secret\":\"s\",\"apiKey\":\"k\"}; apiKey",
        "exotel-accounts; {}; apiKey apiToken",
        "exotel-accounts; {\"apiKey\":\"k\",\"apiToken\":\"t\",\"authentication\":[\"url-key\","
            + "\"address\",\"magic\",\"none+signature\"],\"addresses\":[]};"
            + " authentication[2] authentication[3] urlKey addresses",
        "exotel-accounts; {\"apiKey\":\"k\",\"apiToken\":\"t\",\"addresses\":[\"10.0.0.1/8\"]};"
            + " addresses[0]"
      })
  void allFaultsAreToldAtOnce(String collection, String body, String faults) {
    Answered answered = operator.admin.put("/api/v1/" + collection + "/new", body);
    assertThat(answered.status()).isEqualTo(400);
    assertThat(paths(answered))
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(faults.split(" ")));
    assertThat(operator.admin.get("/api/v1/" + collection + "/new").status()).isEqualTo(404);
  }

  @Test
  void aViewerOnlyLooks() {
    operator.admin.put(EXOTEL + "/acme1", ACCOUNT);
    Exchange viewer = operator.nobody.as(operator.token("viewer", Operator.DEFAULT));
    assertThat(viewer.get(EXOTEL + "/acme1").status()).isEqualTo(200);
    assertThat(viewer.get(EXOTEL + "/acme1").text()).doesNotContain("the key", "the token");
    assertThat(viewer.put(EXOTEL + "/acme1", ACCOUNT).status()).isEqualTo(403);
    assertThat(operator.nobody.get(EXOTEL).status()).isEqualTo(401);
  }
}
