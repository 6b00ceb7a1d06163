package dev.chasqui.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SendTemplateTest {

  @Test
  void eachRequestHasItsNumberAndItsRecipient() {
    SendTemplate template = SendTemplate.toGateway("127.0.0.1:1", "token");
    JsonNode first = body(template.request(1, 0));
    JsonNode second = body(template.request(2, 0));
    assertThat(first.path("to").asString()).isEqualTo("15550007919");
    assertThat(second.path("to").asString()).isEqualTo("15550015838");
    assertThat(first.path("text").path("body").asString())
        .endsWith(RequestTemplate.MARK + "0000000000000001");
  }

  @Test
  void theLengthIsThatOfTheBody() {
    Bytes request = SendTemplate.toPlatform("127.0.0.1:1", "2").request(3, 0);
    assertThat(HttpHead.messageLength(request.toArray(), request.length()))
        .isEqualTo(request.length());
  }

  @Test
  void thePlatformAnswersWithTheRequestsNumber() {
    SinkAnswer answer = SinkAnswer.taken();
    JsonNode body = body(bytes(answer, 12));
    assertThat(body.path("messages").path(0).path("id").asString()).endsWith("0000000000000012");
    assertThat(body.path("contacts").path(0).path("wa_id").asString()).isEqualTo("15550095028");
  }

  private static Bytes bytes(SinkAnswer answer, long sequence) {
    return Bytes.utf8(StandardCharsets.US_ASCII.decode(answer.to(sequence)).toString());
  }

  private static JsonNode body(Bytes message) {
    int from = HttpHead.endOfHead(message.toArray(), message.length());
    return Json.read(Bytes.of(message.toArray(), from, message.length() - from));
  }
}
