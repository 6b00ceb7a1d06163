package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Operator.paths;
import static dev.chasqui.api.operator.Operator.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.FallbackChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The fallback channel of a phone number, set and looked at.
class FallbackChannelIT {

  private static final String CHANNEL = "/api/v1/phone-numbers/7/fallback";

  @TempDir Path folder;
  private Operator operator;

  @BeforeEach
  void open() {
    operator = new Operator(folder);
  }

  @AfterEach
  void close() {
    operator.close();
  }

  private String body(String more) {
    return "{\"url\":\"" + operator.receiver() + "\"" + more + "}";
  }

  @Test
  void aChannelIsToldWithAUuidAndItsSecretOnce() {
    Answered set = operator.admin.put(CHANNEL, body(",\"secret\":\"the secret\""));
    assertThat(set.status()).isEqualTo(200);
    String uuid = text(set.json(), "channelUuid");
    assertThat(UUID.fromString(uuid).version()).isEqualTo(4);
    String told =
        "{\"phoneNumberId\":\"7\",\"workspace\":\"default\",\"url\":\""
            + operator.receiver()
            + "\",\"errorThreshold\":5,\"resendOnSwitch\":false,\"channelUuid\":\""
            + uuid
            + "\",\"path\":\"/api/whatsapp/"
            + uuid
            + "\",\"formerChannelValidUntil\":null,\"secrets\":1,\"formerSecretValidUntil\":null";
    assertThat(set.text()).isEqualTo(told + ",\"secret\":\"the secret\"}");
    assertThat(operator.admin.get(CHANNEL).text()).isEqualTo(told + "}");
    assertThat(operator.engines.changes).hasValue(1);
  }

  @Test
  void aSecretIsMadeWhereNoneIsGiven() {
    Answered set = operator.admin.put(CHANNEL, body(""));
    assertThat(text(set.json(), "secret")).hasSizeGreaterThanOrEqualTo(32);
  }

  @Test
  void aLaterPutKeepsUuidAndSecretAndReplacesAllElse() {
    Answered first =
        operator.admin.put(
            CHANNEL, body(",\"secret\":\"s\",\"errorThreshold\":9,\"resendOnSwitch\":true"));
    assertThat(first.json().path("errorThreshold").intValue()).isEqualTo(9);
    assertThat(first.json().path("resendOnSwitch").booleanValue()).isTrue();
    Answered second = operator.admin.put(CHANNEL, body(""));
    assertThat(text(second.json(), "channelUuid")).isEqualTo(text(first.json(), "channelUuid"));
    assertThat(second.json().has("secret")).isFalse();
    assertThat(second.json().path("errorThreshold").intValue()).isEqualTo(5);
    assertThat(second.json().path("resendOnSwitch").booleanValue()).isFalse();
    assertThat(stored().secret()).isEqualTo("s");
  }

  @Test
  void aReplacedSecretIsRememberedForTheOverlap() {
    operator.admin.put(CHANNEL, body(",\"secret\":\"one\""));
    Answered second = operator.admin.put(CHANNEL + "?overlap=PT2H", body(",\"secret\":\"two\""));
    assertThat(second.json().path("secrets").intValue()).isEqualTo(2);
    assertThat(text(second.json(), "formerSecretValidUntil")).isEqualTo("2026-05-04T12:00:00Z");
    assertThat(stored().secret()).isEqualTo("two");
    operator.clock.move(Duration.ofHours(3));
    assertThat(operator.admin.get(CHANNEL).json().path("secrets").intValue()).isEqualTo(1);
  }

  @Test
  void aRotatedUuidIsAnotherAndTheFormerOneEndsWithTheOverlap() {
    String first = text(operator.admin.put(CHANNEL, body("")).json(), "channelUuid");
    Answered rotated = operator.admin.post(CHANNEL + "/rotate-channel", "{\"overlap\":\"PT1H\"}");
    assertThat(rotated.status()).isEqualTo(200);
    assertThat(text(rotated.json(), "channelUuid")).isNotEqualTo(first);
    assertThat(text(rotated.json(), "formerChannelValidUntil")).isEqualTo("2026-05-04T11:00:00Z");
    assertThat(stored().formerUuid(operator.clock.instant()).orElseThrow().value())
        .isEqualTo(first);
    operator.clock.move(Duration.ofHours(1));
    assertThat(stored().formerUuid(operator.clock.instant())).isEmpty();
    assertThat(operator.admin.get(CHANNEL).json().path("formerChannelValidUntil").isNull())
        .isTrue();
  }

  @Test
  void withoutAnOverlapTheFormerUuidEndsAtOnce() {
    operator.admin.put(CHANNEL, body(""));
    operator.admin.post(CHANNEL + "/rotate-channel", "{\"overlap\":\"PT0S\"}");
    assertThat(stored().uuids()).hasSize(1);
  }

  private FallbackChannel stored() {
    return operator.store.fallbacks().fallbackChannel(Operator.DEFAULT, "7").orElseThrow();
  }

  @Test
  void theNumberIsKnownFromThenOnAndBelongsToOneWorkspace() {
    operator.admin.put(CHANNEL, body(""));
    assertThat(operator.admin.get("/api/v1/phone-numbers").text()).contains("\"id\":\"7\"");
    String other = "?workspace=" + Operator.OTHER;
    assertThat(operator.admin.put(CHANNEL + other, body("")).status()).isEqualTo(409);
    assertThat(operator.admin.get(CHANNEL + other).status()).isEqualTo(404);
    assertThat(operator.admin.delete(CHANNEL + other).status()).isEqualTo(404);
  }

  @Test
  void aDeletedChannelIsGone() {
    assertThat(operator.admin.delete(CHANNEL).status()).isEqualTo(404);
    operator.admin.put(CHANNEL, body(""));
    assertThat(operator.admin.delete(CHANNEL).status()).isEqualTo(204);
    assertThat(operator.admin.get(CHANNEL).status()).isEqualTo(404);
    assertThat(operator.admin.post(CHANNEL + "/rotate-channel", "").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; url",
        "{\"url\":\"nowhere\",\"secret\":\" \",\"errorThreshold\":0,\"channelUuid\":\"x\"};"
            + "url secret errorThreshold channelUuid",
        "{\"url\":\"http://10.0.0.1/\",\"errorThreshold\":101,\"resendOnSwitch\":\"yes\"};"
            + "url errorThreshold resendOnSwitch",
        "{\"url\":\"http://10.0.0.1/\",\"errorThreshold\":1.5}; url errorThreshold"
      })
  void allFaultsAreToldAtOnce(String body, String faults) {
    Answered answered = operator.admin.put(CHANNEL, body);
    assertThat(answered.status()).isEqualTo(400);
    assertThat(paths(answered))
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(faults.split(" ")));
    assertThat(operator.admin.get(CHANNEL).status()).isEqualTo(404);
    assertThat(operator.admin.put("/api/v1/phone-numbers/x/fallback", body).status())
        .isEqualTo(400);
  }

  @Test
  void aViewerSeesNeitherSecretNorUuid() {
    String uuid = text(operator.admin.put(CHANNEL, body("")).json(), "channelUuid");
    Exchange viewer = operator.nobody.as(operator.token("viewer", Operator.DEFAULT));
    assertThat(viewer.get(CHANNEL).status()).isEqualTo(200);
    assertThat(viewer.get(CHANNEL).text()).doesNotContain(uuid).contains("***");
    assertThat(viewer.put(CHANNEL, body("")).status()).isEqualTo(403);
  }
}
