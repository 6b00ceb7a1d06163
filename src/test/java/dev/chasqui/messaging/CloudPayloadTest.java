package dev.chasqui.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Ulid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class CloudPayloadTest {

  private static final EventId SUBMISSION = new EventId(new Ulid(1, 2));
  private static final String CALLBACK = Sending.callback(SUBMISSION);

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.read(Bytes.utf8(text.replace('\'', '"')));
  }

  private static void becomes(String posted, String sent) {
    ObjectNode payload = json(posted);
    ObjectNode before = payload.deepCopy();
    assertThat(Json.read(sent(payload))).isEqualTo(json(sent.replace("CALLBACK", CALLBACK)));
    assertThat(payload).as("the client's own document").isEqualTo(before);
  }

  private static Bytes sent(ObjectNode payload) {
    return CloudPayload.of(content(payload), SUBMISSION);
  }

  private static Submission.Content content(ObjectNode payload) {
    return new Submission.Content(payload, Json.bytes(payload), List.of());
  }

  private static String sentTo(ObjectNode payload) {
    return Json.read(sent(payload)).path("to").asString("");
  }

  @Test
  void turnsTextBecomesTheCloudApis() {
    becomes(
        "{'preview_url':true,'recipient_type':'individual','to':'+51 900-000 001',"
            + "'text':{'body':'hi'},'_vnd':{'v1':{}}}",
        "{'messaging_product':'whatsapp','recipient_type':'individual','to':'+51 900-000 001',"
            + "'type':'text','text':{'body':'hi','preview_url':true},"
            + "'biz_opaque_callback_data':'CALLBACK'}");
  }

  @Test
  void theCloudApisOwnShapePassesWithWhatNobodyKnows() {
    becomes(
        "{'messaging_product':'whatsapp','to':'51900000001','type':'holo','holo':{'x':[1]},"
            + "'text':{'body':'x','preview_url':false},'preview_url':true,"
            + "'biz_opaque_callback_data':'mine'}",
        "{'messaging_product':'whatsapp','to':'51900000001','type':'holo','holo':{'x':[1]},"
            + "'text':{'body':'x','preview_url':false},'biz_opaque_callback_data':'mine'}");
  }

  @Test
  void hsmBecomesATemplate() {
    becomes(
        "{'to':'51900000001','type':'hsm','hsm':{'namespace':'n','element_name':'hello',"
            + "'language':{'policy':'deterministic','code':'es'},'localizable_params':["
            + "{'default':'Rosa'},"
            + "{'default':'$1','currency':{'currency_code':'USD','amount_1000':1000}},"
            + "{'default':'May 1','date_time':{'component':{'month':5}}}]}}",
        "{'messaging_product':'whatsapp','to':'51900000001','type':'template','template':{"
            + "'namespace':'n','name':'hello','language':{'policy':'deterministic','code':'es'},"
            + "'components':[{'type':'body','parameters':[{'type':'text','text':'Rosa'},"
            + "{'type':'currency','currency':{'fallback_value':'$1','code':'USD',"
            + "'amount_1000':1000}},"
            + "{'type':'date_time','date_time':{'fallback_value':'May 1'}}]}]},"
            + "'biz_opaque_callback_data':'CALLBACK'}");
  }

  @Test
  void anOldHsmMayNameItsLanguageAlone() {
    becomes(
        "{'to':'1','type':'hsm','hsm':{'element_name':'hello','language':'en'}}",
        "{'messaging_product':'whatsapp','to':'1','type':'template','template':{'name':'hello',"
            + "'language':{'policy':'deterministic','code':'en'}},"
            + "'biz_opaque_callback_data':'CALLBACK'}");
  }

  @ParameterizedTest
  @CsvSource({
    "+51900000001, 51900000001",
    "(+51) 900.000-001, 51900000001",
    "51900000001, 51900000001",
    "PE.abc1, PE.abc1",
    "+, +"
  })
  void numbersAreSentAsTheyWereWrittenAndLookedUpByTheirDigits(String posted, String digits) {
    ObjectNode payload = Json.object().put("to", posted);
    assertThat(sentTo(payload)).isEqualTo(posted);
    assertThat(CloudPayload.input(content(payload))).isEqualTo(posted);
    String id = CloudPayload.recipient(payload).id();
    assertThat(id == null ? posted : id).isEqualTo(digits);
  }

  @Test
  void nothingOfAMessageIsWrittenAnew() {
    Bytes raw =
        Bytes.utf8(
            "{\"messaging_product\":\"whatsapp\", \"to\":51900000001,\"type\":\"location\","
                + "\"location\":{\"latitude\": 1.10,\"longitude\":1E5,\"name\":\"\\u00f1\\/\"}}");
    Submission.Content content =
        new Submission.Content((ObjectNode) Json.read(raw), raw, List.of());
    assertThat(CloudPayload.of(content, SUBMISSION).toUtf8())
        .contains(
            "\"to\":51900000001,",
            "\"location\":{\"latitude\": 1.10,\"longitude\":1E5,\"name\":\"\\u00f1\\/\"}");
    assertThat(CloudPayload.recipient(content.payload()).waId()).isEqualTo("51900000001");
    assertThat(CloudPayload.input(content)).isEqualTo("51900000001");
  }

  @Test
  void aGroupsIdIsNoNumber() {
    ObjectNode payload = json("{'to':'12 (3)','recipient_type':'group'}");
    assertThat(sentTo(payload)).isEqualTo("12 (3)");
    assertThat(CloudPayload.recipient(payload)).as("no contact").isEqualTo(Participant.NONE);
  }

  @Test
  void aUserIdStandsForAContactWithoutNumber() {
    ObjectNode payload = json("{'recipient':'PE.1'}");
    assertThat(CloudPayload.recipient(payload)).isEqualTo(new Participant(null, "PE.1", null));
    assertThat(CloudPayload.input(content(payload))).isEqualTo("PE.1");
    assertThat(CloudPayload.recipient(json("{'to':'PE.1'}")))
        .isEqualTo(new Participant(null, "PE.1", null));
    assertThat(CloudPayload.recipient(json("{'to':'+51 9'}")))
        .isEqualTo(new Participant("519", null, null));
    assertThat(CloudPayload.recipient(json("{'to':'somebody'}"))).isEqualTo(Participant.NONE);
    assertThat(Json.read(sent(payload)).has("to")).isFalse();
  }

  @Test
  void whatWeSendAlongComesBackAsOurs() {
    assertThat(Sending.submissionOf(CALLBACK)).isEqualTo(SUBMISSION);
    assertThat(Sending.submissionOf("mine")).isNull();
    assertThat(Sending.submissionOf("chasqui:evt_no")).isNull();
    assertThat(Sending.submissionOf(null)).isNull();
  }
}
