package dev.chasqui.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The table of docs/design/messaging.md.
class ReadAnswerTest {

  private static final String TAKEN =
      "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"+51 9\",\"wa_id\":\"519\","
          + "\"user_id\":\"PE.1\"}],\"messages\":[{\"id\":\"wamid.1\"}]}";

  private static UpstreamAnswer answered(int status, String body) {
    return ReadAnswer.of(
        new SendResult.Answered(status, "7", Bytes.utf8(body), Duration.ofMillis(1)));
  }

  private static UpstreamAnswer failed(Failure failure) {
    return ReadAnswer.of(new SendResult.Failed(failure, "words", Duration.ofMillis(1)));
  }

  @Test
  void aMessageIsAcceptedByItsId() {
    assertThat(answered(200, TAKEN))
        .isEqualTo(
            new UpstreamAnswer.Accepted(
                "wamid.1", new Participant("519", "PE.1", null), null, Bytes.utf8(TAKEN)));
  }

  @ParameterizedTest
  @CsvSource({"held_for_quality_assessment, held_for_quality_assessment", "accepted, ", "7, 7"})
  void whatIsSaidBesideTheIdIsKept(String said, @Nullable String kept) {
    String body = "{\"messages\":[{\"id\":\"wamid.1\",\"message_status\":\"%s\"}]}".formatted(said);
    assertThat(answered(200, body))
        .isInstanceOfSatisfying(
            UpstreamAnswer.Accepted.class, it -> assertThat(it.messageStatus()).isEqualTo(kept));
  }

  @Test
  void aContactMayBeMissing() {
    assertThat(answered(201, "{\"messages\":[{\"id\":\"wamid.1\"}]}"))
        .isInstanceOfSatisfying(
            UpstreamAnswer.Accepted.class,
            it -> assertThat(it.contact()).isEqualTo(Participant.NONE));
  }

  @Test
  void whatIsNoMessageIsDone() {
    assertThat(answered(200, "{\"success\":true}")).isInstanceOf(UpstreamAnswer.Done.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | ",
        "200 | <html>hello</html>",
        "200 | []",
        "200 | {}",
        "200 | {\"messages\":[]}",
        "200 | {\"messages\":[{\"id\":\"\"}]}",
        "204 | ",
        "500 | ",
        "502 | <html>Bad Gateway</html>",
        "503 | {\"message\":\"busy\"}",
        "504 | {\"error\":\"timeout\"}"
      })
  void whatNobodyKnowsIsUnknown(int status, String body) {
    assertThat(answered(status, body == null ? "" : body))
        .isInstanceOf(UpstreamAnswer.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({"400", "401", "404", "429", "500", "503"})
  void whatGraphRefusesIsRefusedInItsWords(int status) {
    String body =
        "{\"error\":{\"message\":\"(#131026) Message"
            + " undeliverable\",\"type\":\"OAuthException\",\"code\":131026,\"error_data\":{\"details\":\"no"
            + " such user\"},\"fbtrace_id\":\"A1\"}}";
    assertThat(answered(status, body))
        .isEqualTo(
            new UpstreamAnswer.Refused(
                status,
                new SendAnswer.Fault(
                    131026,
                    "(#131026) Message undeliverable",
                    "OAuthException",
                    "no such user",
                    "A1"),
                "7",
                Bytes.utf8(body)));
  }

  @ParameterizedTest
  @CsvSource({"400", "404", "413", "429"})
  void whatSomebodyElseRefusesIsRefusedWithoutWords(int status) {
    assertThat(answered(status, "<html>no</html>"))
        .isInstanceOfSatisfying(
            UpstreamAnswer.Refused.class,
            it -> {
              assertThat(it.body()).isEqualTo(Bytes.EMPTY);
              assertThat(it.fault().code()).isZero();
              assertThat(it.retryAfter()).isEqualTo("7");
            });
  }

  @Test
  void aRedirectIsNotFollowed() {
    assertThat(answered(302, "")).isInstanceOf(UpstreamAnswer.Unreached.class);
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void onlyWhatWasNeverBegunIsCertainlyNotSent(Failure failure) {
    boolean isBegun =
        switch (failure) {
          case TIMEOUT, RESET, ANSWER_TOO_LARGE, BAD_ANSWER, CLOSED -> true;
          case UNRESOLVABLE,
              RESOLVER_DOWN,
              ADDRESS_REFUSED,
              CONNECT_FAILED,
              TLS_FAILED,
              STALE_CONNECTION,
              HOST_BUSY ->
              false;
        };
    assertThat(failed(failure))
        .isInstanceOf(isBegun ? UpstreamAnswer.Unknown.class : UpstreamAnswer.Unreached.class);
  }

  @Test
  void nothingOfARefusalIsLostInTheJournal() {
    String body =
        "{\"error\":{\"message\":\"m\",\"code\":1013,\"error_user_title\":\"t\",\"type\":\"x\"}}";
    if (!(answered(400, body) instanceof UpstreamAnswer.Refused refused)) {
      throw new AssertionError("not refused");
    }
    var written =
        new dev.chasqui.model.Sending.Outcome.Refused(400, 1013, "m", true, refused.body());
    assertThat(ReadAnswer.fault(written)).isEqualTo(refused.fault());
  }
}
