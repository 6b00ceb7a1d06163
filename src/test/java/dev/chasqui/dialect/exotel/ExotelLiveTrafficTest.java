package dev.chasqui.dialect.exotel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.Translated;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification.Origin;
import dev.chasqui.model.SourceChannel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What live callbacks of Exotel's have that its pages do not tell.
class ExotelLiveTrafficTest {

  private static final ExotelSource EXOTEL = new ExotelSource();
  private static final SourceChannel ACCOUNT =
      new SourceChannel("acme1", "106540352242922", null, "+91 7900000002");

  private static Translated read(String json) {
    Map<String, String> headers = Map.of("content-type", "application/json");
    return Translated.of(Translated.translate(EXOTEL, Bytes.utf8(json), headers, ACCOUNT));
  }

  private static String textTo(String number) {
    return """
    {"event":"incoming_message","timestamp":"2026-01-15T09:00:00.000Z","message":{"id":"SM1",\
    "from":"+919800000001","to":"%s","timestamp":"2026-01-15T08:59:58.000Z","type":"text",\
    "text":{"body":"x"}}}\
    """
        .formatted(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+91 79000 00002",
        "00917900000002",
        "07900000002",
        "7900000002",
        "917900000002",
        "your_waba_number"
      })
  void theAccountsNumberIsKnownHoweverItIsWritten(String to) {
    assertThat(read(textTo(to)).message().origin())
        .isEqualTo(new Origin("messages", null, "106540352242922", "917900000002"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"917900000003", "0000002", "15550783881"})
  void anotherNumberIsNotTheAccounts(String to) {
    assertThat(read(textTo(to)).message().origin())
        .isEqualTo(new Origin("messages", null, null, to));
  }

  @Test
  void theTimeOfTheCallbackItselfIsKept() {
    assertThat(read(textTo("7900000002")).text())
        .contains("\"exo_callback_timestamp\":\"2026-01-15T09:00:00.000Z\"");
    assertThat(read(ExotelCallbacks.statusA("sent")).text()).contains("exo_callback_timestamp");
  }

  @Test
  void blanksAroundAWordMeanNothing() {
    String body =
        """
        {"whatsapp":{"messages":[{"callback_type":"DLR ","sid":"s","to":"919800000001",\
        "exo_status_code":30018,"exo_detailed_status":" EX_MESSAGE_DELIVERED "}]}}\
        """;
    assertThat(read(body).status().status()).isEqualTo("delivered");
  }

  @Test
  void onlyWhatSaysFailureIsOne() {
    String codeAlone = "{\"sid\":\"s\",\"to\":\"919800000001\",\"exo_status_code\":%s}";
    assertThat(read(codeAlone.formatted("0")).status().status()).isEqualTo("unknown");
    assertThat(read(codeAlone.formatted("30013")).status().status()).isEqualTo("failed");
    assertThat(read(codeAlone.formatted("30042")).status().status()).isEqualTo("unknown");
    String errors =
        codeAlone.formatted("0").replace("}", ",\"errors\":[{\"code\":131026,\"title\":\"x\"}]}");
    assertThat(read(errors).status().status()).isEqualTo("failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "message_sid", "sid", "message_id"})
  void anIdMayHaveAnyOfItsNamesInEveryShape(String name) {
    String id = "\"%s\":\"SM9\"".formatted(name);
    List<String> reports =
        List.of(
            "{\"event\":\"message_status\",\"message\":{%s,\"status\":\"sent\",\"recipient\":\"9198\"}}",
            "{\"type\":\"message_status\",\"data\":{%s,\"status\":\"sent\",\"to\":\"9198\"}}",
            "{%s,\"status\":\"sent\",\"to\":\"9198\"}",
            "{\"whatsapp\":{\"messages\":[{\"callback_type\":\"dlr\",%s,\"status\":\"sent\"}]}}");
    for (String report : reports) {
      assertThat(read(report.formatted(id)).status().wamid()).isEqualTo("SM9");
    }
    List<String> messages =
        List.of(
            "{\"event\":\"incoming_message\",\"message\":{%s,\"from\":\"9198\",\"type\":\"text\"}}",
            "{\"type\":\"inbound_message\",\"data\":{%s,\"from\":\"9198\",\"message\":{\"type\":\"text\"}}}",
            "{\"event\":\"flow_response\",%s,\"from\":\"9198\"}",
            "{\"whatsapp\":{\"messages\":[{\"callback_type\":\"icm\",%s,\"content\":{\"type\":\"text\"}}]}}");
    for (String message : messages) {
      assertThat(read(message.formatted(id)).message().wamid()).isEqualTo("SM9");
    }
  }
}
