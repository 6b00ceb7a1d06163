package dev.chasqui.dialect.exotel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.Translated;
import dev.chasqui.dialect.Translation;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Notification.Fault;
import dev.chasqui.model.Notification.Message;
import dev.chasqui.model.Notification.Origin;
import dev.chasqui.model.Notification.Status;
import dev.chasqui.model.Participant;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ExotelSourceTest {

  private static final ExotelSource EXOTEL = new ExotelSource();
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final SourceChannel ACCOUNT =
      new SourceChannel("acme1", "106540352242922", null, "+91 7900000002");

  static Stream<Map.Entry<String, String>> types() {
    return ExotelCallbacks.messages().entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void shapeAKeepsEveryTypesIdSenderAndBody(Map.Entry<String, String> type) {
    Translated told = read(ExotelCallbacks.shapeA(type.getKey(), type.getValue()));
    Message message = told.message();
    boolean isReply = type.getKey().equals("list_reply");
    assertThat(message.type()).isEqualTo(isReply ? "interactive" : type.getKey());
    assertThat(message.wamid()).isEqualTo("in." + type.getKey());
    assertThat(message.from()).isEqualTo(new Participant("919800000001", null, "Asha"));
    assertThat(message.at()).isEqualTo(Instant.parse("2026-01-15T09:00:00Z"));
    assertThat(message.origin())
        .isEqualTo(new Origin("messages", null, "106540352242922", "917900000002"));
    JsonNode item = told.value().path("messages").path(0);
    JsonNode body = isReply ? item.path("interactive") : item;
    assertThat(body.path(type.getKey())).isEqualTo(Json.read(Bytes.utf8(type.getValue())));
    assertThat(item.path("context").path("id").stringValue()).isEqualTo("m0");
    assertThat(item.has("to")).isFalse();
  }

  @Test
  void theShorterSamplesOfShapeAAreCompletedFromTheAccount() {
    Translated told = read(ExotelCallbacks.shortA());
    assertThat(told.message().at()).isEqualTo(Instant.ofEpochSecond(seconds()));
    assertThat(told.message().from().waId()).isEqualTo("919800000001");
    assertThat(told.message().origin().displayPhoneNumber()).isEqualTo("917900000002");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sent", "delivered", "read", "failed", "held"})
  void statusesOfShapeAKeepTheirWord(String word) {
    Status status = read(ExotelCallbacks.statusA(word)).status();
    assertThat(status.status()).isEqualTo(word);
    assertThat(status.wamid()).isEqualTo("out." + word);
    assertThat(status.recipient().waId()).isEqualTo("919800000001");
    assertThat(status.report().at()).isEqualTo(Instant.parse("2026-01-15T09:00:04Z"));
  }

  @Test
  void aFailureIsToldByItsCodeWhateverItsTitleSays() {
    assertThat(read(ExotelCallbacks.failedA()).status().report().faults())
        .containsExactly(new Fault(131026, "more than 24 hours have passed"));
  }

  @Test
  void aMessageOfShapeB() {
    Translated told = read(ExotelCallbacks.messageB());
    assertThat(told.message().wamid()).isEqualTo("SMb");
    assertThat(told.message().type()).isEqualTo("interactive");
    assertThat(told.message().from().name()).isEqualTo("Asha");
    JsonNode interactive = told.value().path("messages").path(0).path("interactive");
    assertThat(interactive.path("button_reply").path("id").stringValue()).isEqualTo("y");
  }

  @Test
  void aStatusOfShapeB() {
    Translated told = read(ExotelCallbacks.statusB());
    assertThat(told.status().wamid()).isEqualTo("SMo");
    assertThat(told.status().recipient().waId()).isEqualTo("919800000001");
    assertThat(told.status().origin().displayPhoneNumber()).isEqualTo("917900000002");
    assertThat(told.status().report().faults())
        .containsExactly(new Fault(131047, "Re-engagement message"));
    JsonNode status = told.value().path("statuses").path(0);
    assertThat(status.path("conversation").path("origin").path("type").stringValue())
        .isEqualTo("utility");
    assertThat(status.path("pricing").path("billable").booleanValue()).isTrue();
    assertThat(status.path("errors").path(0).path("error_data").path("details").stringValue())
        .isEqualTo("the window is closed");
  }

  @Test
  void aStatusOfShapeC() {
    Status status = read(ExotelCallbacks.statusC()).status();
    assertThat(status.status()).isEqualTo("read");
    assertThat(status.wamid()).isEqualTo("SMc");
    assertThat(status.recipient().waId()).isEqualTo("919800000001");
  }

  @Test
  void shapeDMixesReportsAndMessages() {
    List<Notification> items = read(ExotelCallbacks.mixedD()).items();
    assertThat(items).hasSize(3);
    assertThat(items).filteredOn(Message.class::isInstance).hasSize(2);
    Status report =
        items.stream()
            .filter(Status.class::isInstance)
            .map(Status.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(report.status()).isEqualTo("delivered");
    assertThat(report.wamid()).isEqualTo("2Fd");
    assertThat(report.recipient().waId()).isEqualTo("919800000001");
    assertThat(report.report().at()).isEqualTo(Instant.parse("2026-01-15T09:00:00Z"));
  }

  @Test
  void customDataComesBackUnderMetasName() {
    assertThat(read(ExotelCallbacks.mixedD()).text())
        .contains("\"biz_opaque_callback_data\":\"order-7\"");
  }

  @Test
  void aListAtTheTopHoldsCallbacksOfAnyShape() {
    String list =
        "[" + ExotelCallbacks.statusC() + "," + ExotelCallbacks.shortA() + ",7,{\"x\":1}]";
    Translated told = read(list);
    assertThat(told.items()).hasSize(2);
    assertThat(told.envelope().skipped()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "EX_MESSAGE_QUEUED, 1, accepted",
    "EX_MESSAGE_SENT, 30001, sent",
    "EX_MESSAGE_DELIVERED, 30002, delivered",
    "EX_MESSAGE_SEEN, 30003, read",
    // The number once meant something else: the text counts.
    "EX_MESSAGE_SENT, 30004, sent",
    "EX_REENGAGEMENT_ERROR, 30018, failed",
    "EX_RESTRICTED_BY_META, 99999, failed",
    "EX_PAYMENT_PENDING, 30049, payment.pending",
    "EX_PAYMENT_SUCCESS, 30050, payment.success",
    // Live traffic leaves the prefixes out, and has numbers that no page knows.
    "DELIVERED, 0, delivered",
    "SENT, 1, sent",
    "READ, 7, read",
    "Delivered, 30018, delivered",
    "MESSAGE_DELIVERED, 30002, delivered",
    "ex_message_seen, 1, read",
    "QUEUED, 1, accepted",
    "FAILED, 0, failed",
    "EX_MESSAGE_TOO_LONG, 30029, failed",
    "EX_MESSAGE_SUBMITTED, 30001, sent",
    "EX_MESSAGE_SUBMITTED, 30012, failed",
    "EX_MESSAGE_SUBMITTED, 4, EX_MESSAGE_SUBMITTED"
  })
  void detailedStatusesCountBeforeNumbers(String detailed, int code, String word) {
    String body =
        """
        {"whatsapp":{"messages":[{"callback_type":"dlr","sid":"s","to":"919800000001",\
        "exo_status_code":%d,"exo_detailed_status":"%s","description":"why"}]}}\
        """
            .formatted(code, detailed);
    Status status = read(body).status();
    assertThat(status.status()).isEqualTo(word);
    boolean isFailed = word.equals("failed");
    assertThat(status.report().faults())
        .isEqualTo(isFailed ? List.of(new Fault(code, detailed)) : List.of());
  }

  @ParameterizedTest
  @CsvSource({"sent,sent", "delivered,delivered", "seen,read", "error,failed", "lost,lost"})
  void wordsOfShapeC(String word, String meaning) {
    String body = "{\"sid\":\"s\",\"to\":\"919800000001\",\"status\":\"%s\"}".formatted(word);
    assertThat(read(body).status().status()).isEqualTo(meaning);
  }

  @Test
  void theCompletionOfAFlowIsAnAnswerToIt() {
    Translated told = read(ExotelCallbacks.flow());
    assertThat(told.message().wamid()).isEqualTo("SMf");
    assertThat(told.message().type()).isEqualTo("interactive");
    JsonNode reply = told.value().path("messages").path(0).path("interactive").path("nfm_reply");
    assertThat(reply.path("response_json").stringValue()).isEqualTo("{\"day\":\"mon\"}");
  }

  @Test
  void aContentErrorIsAnUnsupportedMessage() {
    String body =
        """
        {"whatsapp":{"messages":[{"callback_type":"icm","sid":"s","from":"919800000001",\
        "content":{"error":{"code":"131051","description":"not supported"}}}]}}\
        """;
    Translated told = read(body);
    assertThat(told.message().type()).isEqualTo("unsupported");
    assertThat(told.value().path("messages").path(0).path("errors").path(0).path("code").intValue())
        .isEqualTo(131051);
  }

  @Test
  void aFormIsACallbackToo() {
    Status report = read(ExotelCallbacks.formReport(), FORM).status();
    assertThat(report.wamid()).isEqualTo("2Ff");
    assertThat(report.status()).isEqualTo("delivered");
    assertThat(report.report().at()).isEqualTo(Instant.parse("2026-01-15T09:00:00Z"));
    assertThat(read(ExotelCallbacks.formReport(), FORM).text())
        .contains("\"biz_opaque_callback_data\":\"{\\\"order\\\":7}\"");
    Translated message = read(ExotelCallbacks.formMessage(), FORM + "; charset=utf-8");
    assertThat(message.message().wamid()).isEqualTo("SMg");
    assertThat(message.text()).contains("\"body\":\"a & b\"");
  }

  @Test
  void whatPeopleWriteInAFormIsTextEvenIfItLooksLikeJson() {
    String form =
        "whatsapp[messages][0][callback_type]=icm&whatsapp[messages][0][sid]=s"
            + "&whatsapp[messages][0][from]=919800000001&whatsapp[messages][0][content][type]=text"
            + "&whatsapp[messages][0][content][text][body]=[1,2]";
    assertThat(read(form, FORM).text()).contains("\"body\":\"[1,2]\"");
    String object = form.replace("[1,2]", "{\"a\":1}");
    assertThat(read(object, FORM).text()).contains("\"body\":\"{\\\"a\\\":1}\"");
  }

  @Test
  void aFormInPartsIsACallbackToo() {
    Status report = read(ExotelCallbacks.multipartReport(), ExotelCallbacks.MULTIPART).status();
    assertThat(report.wamid()).isEqualTo("2Fm");
    assertThat(report.status()).isEqualTo("delivered");
    assertThat(report.recipient().waId()).isEqualTo("919800000001");
  }

  @Test
  void aPartsNameMayHaveItsQuotesLeftOpen() {
    String body = ExotelCallbacks.multipartReport().replace("name=\"sid\"", "name=\"sid");
    assertThat(read(body, ExotelCallbacks.MULTIPART).status().wamid()).isEqualTo("2Fm");
  }

  @Test
  void whatBeginsLikeJsonIsJsonWhateverTheHeaderSays() {
    assertThat(read(" " + ExotelCallbacks.statusC(), FORM).status().wamid()).isEqualTo("SMc");
  }

  @Test
  void aCallbackMayBeTheOnlyFieldOfAForm() {
    Translated told = read("payload=" + ExotelCallbacks.statusC().replace("+", "%2B"), FORM);
    assertThat(told.status().wamid()).isEqualTo("SMc");
  }

  @Test
  void anUnknownEventIsPassedOnWhole() {
    String body = "{\"event\":\"template_status\",\"template\":{\"name\":\"hello\"}}";
    Translated told = read(body);
    assertThat(told.items()).hasSize(1);
    assertThat(told.items().getFirst().origin().field()).isEqualTo("exotel");
    assertThat(told.text()).contains(body);
  }

  @Test
  void aNumberThatTheAccountDoesNotNameHasNoId() {
    String body = ExotelCallbacks.shapeA("text", "{\"body\":\"b\"}").replace("79000-00002", "99");
    assertThat(read(body).message().origin()).isEqualTo(new Origin("messages", null, null, "9199"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"event\":; application/json; INVALID_JSON",
        "sid=1; application/json; INVALID_JSON",
        "''; application/json; INVALID_JSON",
        "{}; application/json; INVALID_PAYLOAD",
        "[]; application/json; INVALID_PAYLOAD",
        "7; application/json; INVALID_PAYLOAD",
        "{\"whatsapp\":{}}; application/json; INVALID_PAYLOAD",
        "a=b; application/x-www-form-urlencoded; INVALID_PAYLOAD",
        "a=%zz; application/x-www-form-urlencoded; INVALID_PAYLOAD",
        "--x; multipart/form-data; INVALID_PAYLOAD",
        "--x; multipart/form-data,boundary=y; INVALID_PAYLOAD"
      })
  void whatIsNoCallbackIsTold(String body, String contentType, Topic topic) {
    assertThat(translate(body, contentType.replace(',', ';')))
        .isEqualTo(new Translation.NotAWebhook(topic));
  }

  @Test
  void aFormOfTooManyFieldsIsNotRead() {
    String form = "sid=1&status=sent&" + "a=b&".repeat(FormFields.MAX_FIELDS);
    assertThat(translate(form, FORM)).isEqualTo(new Translation.NotAWebhook(Topic.INVALID_PAYLOAD));
  }

  @Test
  void signaturesMayHaveTheirPrefixOrNot() {
    List<SigningKey> keys = List.of(SigningKey.of("chasqui-exotel-secret"));
    Bytes body =
        Bytes.utf8(
            "{\"event\":\"message_status\",\"message\":{\"id\":\"m1\",\"status\":\"delivered\","
                + "\"recipient\":\"+51900000001\"}}");
    String digits = "36307443efc1395fb02f54bf7441d8aaab8b44797fd10207f09262455e927060";
    assertThat(EXOTEL.isSigned(keys, body, "sha256=" + digits)).isTrue();
    assertThat(EXOTEL.isSigned(keys, body, digits)).isTrue();
    assertThat(EXOTEL.isSigned(keys, body, "sha1=" + digits)).isFalse();
    assertThat(EXOTEL.isSigned(keys, body, digits.replace('3', '4'))).isFalse();
    assertThat(EXOTEL.isSigned(List.of(SigningKey.of("other")), body, digits)).isFalse();
  }

  @Test
  void aCallbackNamesItsAccountInAnyShape() {
    String json = "application/json";
    assertThat(EXOTEL.names("acme1", Bytes.utf8(ExotelCallbacks.statusB()), json)).isTrue();
    assertThat(EXOTEL.names("acme2", Bytes.utf8(ExotelCallbacks.statusB()), json)).isFalse();
    assertThat(EXOTEL.names("acme1", Bytes.utf8(ExotelCallbacks.statusC()), json)).isFalse();
    assertThat(EXOTEL.names("acme1", Bytes.utf8("account_sid=acme1&a=b"), FORM)).isTrue();
  }

  private static Translated read(String json) {
    return read(json, "application/json");
  }

  private static Translated read(String body, String contentType) {
    return Translated.of(translate(body, contentType));
  }

  private static Translation translate(String body, String contentType) {
    return Translated.translate(
        EXOTEL, Bytes.utf8(body), Map.of("content-type", contentType), ACCOUNT);
  }

  private static long seconds() {
    return Translated.RECEIVED.getEpochSecond();
  }
}
