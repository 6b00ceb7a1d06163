package dev.chasqui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What stands in one line.
class ContactQueueKeyTest {

  private static final ItemPath PATH = new ItemPath(0, 0, 0);
  private static final Notification.Origin ORIGIN =
      new Notification.Origin("messages", "w1", "p1", null);
  private static final Participant WRITTEN = new Participant("525512345678", null, null);
  private static final Participant KNOWN =
      new Participant("5215512345678", null, null, "525512345678");

  private static Notification message(Participant from, String group) {
    return new Notification.Message(PATH, ORIGIN, "wamid.1", "text", from, null, group);
  }

  private static Notification sent(Sending.Content content, Participant answered) {
    return new Notification.Submitted(
        PATH,
        ORIGIN,
        new Sending(
            new EventId(new Ulid(1, 2)),
            Via.WHATSAPP,
            new Sending.Author("api", null),
            content,
            null,
            new Sending.Outcome.Accepted("wamid.2", answered, Bytes.EMPTY)),
        null);
  }

  @Test
  void bothNamesOfAContactStandInOneQueue() {
    Notification inbound = new Notification.Message(PATH, ORIGIN, "wamid.1", "text", KNOWN, null);
    Notification outbound =
        sent(new Sending.Content("text", WRITTEN), new Participant("5215512345678", null, null));
    assertThat(outbound.user()).isEqualTo(KNOWN);
    assertThat(ContactQueueKey.of(inbound)).isPresent().isEqualTo(ContactQueueKey.of(outbound));
  }

  @Test
  void aGroupIsAQueueOfItsOwn() {
    Notification status =
        new Notification.Status(
            PATH,
            ORIGIN,
            "wamid.2",
            "read",
            Participant.NONE,
            "525512345678",
            new Notification.Report(null, List.of(), null, "G1"));
    Notification outbound =
        sent(new Sending.Content("text", Participant.NONE, "G1"), Participant.NONE);
    assertThat(ContactQueueKey.of(message(KNOWN, "G1")))
        .isPresent()
        .isEqualTo(ContactQueueKey.of(status))
        .isEqualTo(ContactQueueKey.of(outbound))
        .isNotEqualTo(ContactQueueKey.of(message(KNOWN, "G2")));
    assertThat(ContactQueueKey.of(message(KNOWN, "525512345678")))
        .isNotEqualTo(ContactQueueKey.of(message(WRITTEN, "x")));
  }
}
