package dev.chasqui.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.meta.Envelope;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.dialect.meta.Notifications;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import dev.chasqui.sim.Business;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTemplateTest {

  private static final long NOW = 1_795_262_400L;
  private final RequestTemplate template =
      new RequestTemplate("127.0.0.1:8080", Business.SAMPLE, "bench-secret", 1_200);

  @Test
  void everyRequestIsWellSigned() {
    for (long number : new long[] {0, 1, 99_999_999, 9_999_999_999_999_999L}) {
      Bytes request = copy(number);
      assertThat(
              Signatures.verify(
                  List.of(SigningKey.of("bench-secret")), body(request), signature(request)))
          .isTrue();
    }
  }

  @Test
  void theBodyHasTheSizeThatWasAskedFor() {
    Bytes request = copy(7);
    assertThat(body(request).length()).isEqualTo(1_200);
    assertThat(HttpHead.messageLength(request.array(), request.length()))
        .isEqualTo(request.length())
        .isEqualTo(template.length());
  }

  @Test
  void numbersMakeDistinctMessages() {
    assertThat(message(1).wamid()).isEqualTo(RequestTemplate.MARK + "0000000000000001");
    assertThat(message(2).wamid()).isNotEqualTo(message(1).wamid());
    assertThat(message(1).from()).isNotEqualTo(message(2).from());
    assertThat(message(1).at()).isEqualTo(Instant.ofEpochSecond(NOW));
  }

  @Test
  void aSizeThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new RequestTemplate("h", Business.SAMPLE, "s", 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least");
  }

  private Notification.Message message(long number) {
    Envelope envelope = (Envelope) EnvelopeScanner.scan(body(copy(number)));
    return (Notification.Message) Notifications.of(envelope).getFirst();
  }

  private Bytes copy(long number) {
    return Bytes.of(template.request(number, NOW).toArray());
  }

  private static Bytes body(Bytes request) {
    int from = HttpHead.endOfHead(request.array(), request.length());
    return request.slice(from, request.length() - from);
  }

  private static String signature(Bytes request) {
    String head = request.toUtf8();
    int from = head.indexOf("sha256=");
    return head.substring(from, head.indexOf("\r\n", from));
  }
}
