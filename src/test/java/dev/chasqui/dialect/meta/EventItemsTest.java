package dev.chasqui.dialect.meta;

import static dev.chasqui.dialect.meta.Samples.envelope;
import static dev.chasqui.dialect.meta.Samples.messages;
import static dev.chasqui.dialect.meta.Samples.status;
import static dev.chasqui.dialect.meta.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chasqui.dialect.EventBody;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventItemsTest {

  private static final String ANA = "{ \"wa_id\":\"591720\" ,\"profile\":{\"name\":\"Ana\"}}";
  private static final String BEN = "{\"wa_id\":\"591721\",\"user_id\":\"BO.1\"}";
  private static final Bytes BODY =
      Bytes.utf8(
          envelope(
              messages("\"contacts\":[" + ANA + "," + BEN + "],\"messages\":[" + text("a") + "]"),
              messages("\"statuses\":[7," + status("a", "read") + "]")));

  private final EventItems items = EventItems.of(BODY);

  @Test
  void findsEachNotificationAndItsBytes() {
    Notification message = items.only(List.of(new ItemPath(0, 0, 0)));
    Notification status = items.only(List.of(new ItemPath(0, 1, 1)));
    assertThat(message).isInstanceOf(Notification.Message.class);
    assertThat(items.json(message).toUtf8()).isEqualTo(text("a"));
    assertThat(items.json(status).toUtf8()).isEqualTo(status("a", "read"));
  }

  @Test
  void aPathThatLeadsNowhereIsRefused() {
    for (ItemPath path :
        List.of(
            new ItemPath(0, 1, 0),
            new ItemPath(0, 0, 1),
            new ItemPath(0, 2, 0),
            new ItemPath(1, 0, 0),
            ItemPath.ofChange(0, 0))) {
      assertThatIllegalArgumentException().isThrownBy(() -> items.only(List.of(path)));
    }
  }

  @Test
  void theWholeEventIsOneNotificationOrNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> items.only(List.of()));
    EventItems one =
        EventItems.of(Bytes.utf8(envelope(messages("\"messages\":[" + text("a") + "]"))));
    assertThat(one.only(List.of()).path()).isEqualTo(new ItemPath(0, 0, 0));
  }

  @Test
  void findsTheContactBesideAnItem() {
    Notification message = items.only(List.of(new ItemPath(0, 0, 0)));
    Notification status = items.only(List.of(new ItemPath(0, 1, 1)));
    assertThat(contact(message, new Participant("591720", null, null))).isEqualTo(ANA);
    assertThat(contact(message, new Participant("591720", "BO.7", null))).isEqualTo(ANA);
    assertThat(contact(message, new Participant(null, "BO.1", null))).isEqualTo(BEN);
    assertThat(contact(message, new Participant("591721", "BO.2", null))).isNull();
    assertThat(contact(message, Participant.NONE)).isNull();
    assertThat(contact(status, new Participant("591720", null, null))).isNull();
  }

  private @Nullable String contact(Notification beside, Participant user) {
    Bytes json = items.contactJson(beside, user);
    return json == null ? null : json.toUtf8();
  }

  @Test
  void whatIsNoEnvelopeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> EventItems.of(Bytes.utf8("{}")));
    assertThatIllegalArgumentException().isThrownBy(() -> EventItems.of(Bytes.utf8("{")));
  }

  @Test
  void theDeliveriesOfAnEventReadItOnce() {
    AtomicInteger readings = new AtomicInteger();
    EventBody body = new EventBody(BODY);
    for (int i = 0; i < 3; i++) {
      body.read(
          EventItems.class,
          bytes -> {
            readings.incrementAndGet();
            return EventItems.of(bytes);
          });
    }
    assertThat(readings).hasValue(1);
  }
}
