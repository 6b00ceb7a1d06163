package dev.chasqui.dialect.meta;

import static dev.chasqui.dialect.meta.Samples.METADATA;
import static dev.chasqui.dialect.meta.Samples.NUMBER;
import static dev.chasqui.dialect.meta.Samples.WABA;
import static dev.chasqui.dialect.meta.Samples.change;
import static dev.chasqui.dialect.meta.Samples.entry;
import static dev.chasqui.dialect.meta.Samples.envelopeOf;
import static dev.chasqui.dialect.meta.Samples.messages;
import static dev.chasqui.dialect.meta.Samples.read;
import static dev.chasqui.dialect.meta.Samples.split;
import static dev.chasqui.dialect.meta.Samples.status;
import static dev.chasqui.dialect.meta.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Notification.Fault;
import dev.chasqui.model.Notification.Origin;
import dev.chasqui.model.Notification.Report;
import dev.chasqui.model.Participant;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationsTest {

  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final Origin MESSAGES = new Origin("messages", WABA, NUMBER, "59171000001");

  @Test
  void aMessageIsRead() {
    assertThat(split(messages("\"messages\":[" + text("wamid.A") + "]")))
        .containsExactly(
            new Notification.Message(
                new ItemPath(0, 0, 0),
                MESSAGES,
                "wamid.A",
                "text",
                new Participant("59172000001", null, null),
                NEW_YEAR));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "image",
        "video",
        "audio",
        "voice",
        "document",
        "sticker",
        "location",
        "contacts",
        "button",
        "interactive",
        "order",
        "reaction",
        "system",
        "edit",
        "revoke",
        "unsupported",
        "request_welcome",
        "media_placeholder",
        "hologram"
      })
  void everyTypeOfMessagePassesByItsName(String type) {
    String item =
        "{\"id\":\"wamid.T\",\"type\":\"%s\",\"%s\":{\"id\":\"inner\",\"type\":\"inner\",\"from\":1}}"
            .formatted(type, type);
    assertThat(split(messages("\"messages\":[" + item + "]")))
        .singleElement()
        .isInstanceOfSatisfying(
            Notification.Message.class,
            message -> {
              assertThat(message.type()).isEqualTo(type);
              assertThat(message.wamid()).isEqualTo("wamid.T");
              assertThat(message.from()).isEqualTo(Participant.NONE);
              assertThat(message.at()).isNull();
            });
  }

  @Test
  void aMessageWithoutIdOrTypeIsStillOne() {
    assertThat(split(messages("\"messages\":[{\"id\":\"\",\"timestamp\":\"-5\"}]")))
        .containsExactly(
            new Notification.Message(
                new ItemPath(0, 0, 0), MESSAGES, null, "unknown", Participant.NONE, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1767225600", "\"1767225600\""})
  void timesAreTextOrNumbers(String timestamp) {
    assertThat(split(messages("\"messages\":[{\"timestamp\":" + timestamp + "}]")))
        .extracting(n -> ((Notification.Message) n).at())
        .containsExactly(NEW_YEAR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"0\"", "-1", "99999999999999999999", "253402300800", "1.5", "\"x\"", "{}"})
  void absurdTimesAreNone(String timestamp) {
    assertThat(split(messages("\"messages\":[{\"timestamp\":" + timestamp + "}]")))
        .extracting(n -> ((Notification.Message) n).at())
        .containsOnlyNulls();
  }

  private static List<Participant> senders(String items) {
    return split(messages(items)).stream().map(n -> ((Notification.Message) n).from()).toList();
  }

  private static final String ONLY =
      "\"contacts\":[{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"5215512345678\",\"user_id\":\"MX.1\"}],";

  @Test
  void theOnlyContactOfAChangeIsItsOnlySender() {
    Participant ana = new Participant("5215512345678", "MX.1", "Ana");
    Participant spelt = new Participant("5215512345678", "MX.1", "Ana", "525512345678");
    assertThat(senders(ONLY + "\"messages\":[{\"from\":\"525512345678\"}]")).containsExactly(spelt);
    assertThat(senders(ONLY + "\"messages\":[{\"from\":\"+5215512345678\"}]")).containsExactly(ana);
    assertThat(senders(ONLY + "\"messages\":[{\"id\":\"1\"},{\"id\":\"2\"}]"))
        .containsExactly(ana, ana);
    assertThat(senders(ONLY + "\"messages\":[{\"from\":\"MX.1\"}]")).containsExactly(ana);
    assertThat(senders(ONLY + "\"messages\":[{\"from\":\"MX.2\"}]"))
        .containsExactly(new Participant("5215512345678", "MX.1", "Ana", "MX.2"));
    assertThat(
            senders(
                "\"contacts\":[{\"profile\":{\"name\":\"Ana\"}}],\"messages\":[{\"from\":\"51900\"}]"))
        .containsExactly(new Participant("51900", null, "Ana"));
  }

  @Test
  void theOnlyContactIsNobodyElse() {
    assertThat(senders(ONLY + "\"messages\":[{\"from\":\"525512345678\"},{\"from\":\"51900\"}]"))
        .containsExactly(
            new Participant("525512345678", null, null), new Participant("51900", null, null));
    assertThat(senders(ONLY + "\"messages\":[{\"from\":\"51900\",\"type\":\"system\"}]"))
        .containsExactly(new Participant("51900", null, null));
  }

  /// A status in a group names the group where others name the recipient.
  @Test
  void theOnlyContactIsNotTheMemberOfAGroupWhomAStatusIsAbout() {
    String status =
        "\"statuses\":[{\"recipient_id\":\"G1\",\"recipient_type\":\"group\"},{\"recipient_id\":\"51900\"}]";
    assertThat(split(messages(ONLY + status)))
        .extracting(n -> ((Notification.Status) n).recipient())
        .containsExactly(Participant.NONE, new Participant("51900", null, null));
    String unsaid =
        "\"statuses\":[{\"recipient_id\":\"G1\",\"recipient_type\":\"group\"},{\"id\":\"wamid.B\"}]";
    assertThat(split(messages(ONLY + unsaid)))
        .extracting(Notification::user)
        .containsExactly(Participant.NONE, Participant.NONE);
  }

  @Test
  void aUserIdIsOneWhereverItStands() {
    assertThat(
            senders(
                "\"contacts\":[{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"BR.1349\"}],"
                    + "\"messages\":[{\"from\":\"BR.1349\"}]"))
        .containsExactly(new Participant(null, "BR.1349", "Ana"));
    assertThat(split(messages("\"statuses\":[{\"recipient_id\":\"US.1349\"}]")))
        .extracting(n -> ((Notification.Status) n).recipient())
        .containsExactly(new Participant(null, "US.1349", null));
  }

  @Test
  void contactsAreMatchedByUserIdFirstThenByPhone() {
    String contacts =
        """
        "contacts":[{"profile":{"name":"Phone"},"wa_id":"591720"},
                    {"profile":{"name":"Both"},"wa_id":"591721","user_id":"BO.1"},
                    {"profile":{"name":"User"},"user_id":"BO.2"},
                    "no object",{"profile":"no object"}]
        """;
    String items =
        """
        "messages":[{"from":"591720"},{"from_user_id":"BO.1"},{"from":"591721"},
                    {"from":"591720","from_user_id":"BO.2"},{"from":"591721","from_user_id":"BO.9"},
                    {"from":"591729"}]
        """;
    assertThat(split(messages(contacts + "," + items)))
        .extracting(n -> ((Notification.Message) n).from())
        .containsExactly(
            new Participant("591720", null, "Phone"),
            new Participant("591721", "BO.1", "Both"),
            new Participant("591721", "BO.1", "Both"),
            new Participant("591720", "BO.2", "User"),
            new Participant("591721", "BO.9", null),
            new Participant("591729", null, null));
  }

  @Test
  void aStatusIsReadWithItsErrors() {
    String failed =
        """
        {"id":"wamid.A","status":"failed","timestamp":"1767225600","recipient_id":"591720",
         "recipient_user_id":"BO.1","errors":[{"code":131026,"title":"Undeliverable"},
         {"code":"131047"},{"title":"No code"},7]}
        """;
    assertThat(split(messages("\"statuses\":[" + failed + "]")))
        .containsExactly(
            new Notification.Status(
                new ItemPath(0, 0, 0),
                MESSAGES,
                "wamid.A",
                "failed",
                new Participant("591720", "BO.1", null),
                null,
                new Report(
                    NEW_YEAR,
                    List.of(
                        new Fault(131026, "Undeliverable"),
                        new Fault(131047, null),
                        new Fault(0, "No code")))));
  }

  @Test
  void statusesOfGroupsNameTheMemberInBothSpellings() {
    String members =
        """
        "statuses":[
          {"id":"w","status":"read","recipient_type":"group","recipient_id":"G1",
           "recipient_participant_id":"591720"},
          {"id":"w","status":"read","recipient_type":"group","recipient_id":"G1",
           "participant_recipient_id":"591721"},
          {"id":"w","status":"read","recipient_type":"group","recipient_id":"G1",
           "recipient_participant_user_id":"BO.3"}]
        """;
    assertThat(split(messages(members)))
        .map(Notification.Status.class::cast)
        .allMatch(status -> !status.recipient().isKnown())
        .extracting(Notification.Status::participant)
        .containsExactly("591720", "591721", "BO.3");
  }

  @Test
  void statusesOfPaymentsAreNotStatusesOfTheirMessage() {
    String payment = "{\"id\":\"w\",\"type\":\"payment\",\"status\":\"captured\"}";
    String message = "{\"id\":\"w\",\"type\":\"message\",\"status\":\"held\"}";
    assertThat(split(messages("\"statuses\":[" + payment + "," + message + "]")))
        .extracting(n -> ((Notification.Status) n).status())
        .containsExactly("payment.captured", "held");
  }

  @Test
  void itemsAreNumberedThroughAllArraysOfAChange() {
    String members =
        "\"statuses\":[%s,%s],\"errors\":[{\"code\":130429}],\"messages\":[null,%s],\"user_actions\":[{\"timestamp\":\"1767225600\"}]"
            .formatted(status("a", "sent"), status("a", "read"), text("b"));
    List<Notification> notifications = split(messages(members));
    assertThat(notifications)
        .extracting(n -> n.getClass().getSimpleName() + " " + n.path())
        .containsExactly(
            "Status 0.0.0", "Status 0.0.1", "Problem 0.0.2", "Message 0.0.4", "Change 0.0.5");
    assertThat(((Notification.Change) notifications.getLast()).at()).isEqualTo(NEW_YEAR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\":1", "\"messages\":[]", "\"messages\":null", "\"errors\":[]"})
  void aChangeOfMessagesWithoutItemsIsOneThing(String members) {
    assertThat(split(messages(members)))
        .containsExactly(new Notification.Change(ItemPath.ofChange(0, 0), MESSAGES, null));
  }

  @Test
  void callsAndTheirStatusesAreCalls() {
    String value =
        """
        {%s,"contacts":[{"wa_id":"591720","profile":{"name":"Ana"}}],
         "calls":[{"id":"wacid.1","from":"591720","to":"59171000001","event":"connect",
                   "direction":"USER_INITIATED","timestamp":"1767225600"},
                  {"id":"wacid.2","from":"59171000001","to":"591720","to_user_id":"BO.1",
                   "event":"terminate","direction":"BUSINESS_INITIATED"},
                  {"id":"wacid.3"}],
         "statuses":[{"id":"wacid.2","type":"call","status":"RINGING","recipient_id":"591720"}],
         "errors":[{"code":138000}]}
        """
            .formatted(METADATA);
    Origin origin = new Origin("calls", WABA, NUMBER, "59171000001");
    Participant ana = new Participant("591720", null, "Ana");
    assertThat(split(change("calls", value)))
        .containsExactly(
            new Notification.Call(
                new ItemPath(0, 0, 0), origin, "wacid.1", "connect", ana, NEW_YEAR),
            new Notification.Call(
                new ItemPath(0, 0, 1),
                origin,
                "wacid.2",
                "terminate",
                new Participant("591720", "BO.1", "Ana"),
                null),
            new Notification.Call(
                new ItemPath(0, 0, 2), origin, "wacid.3", "unknown", Participant.NONE, null),
            new Notification.Call(new ItemPath(0, 0, 3), origin, "wacid.2", "RINGING", ana, null),
            new Notification.Problem(new ItemPath(0, 0, 4), origin, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"smb_message_echoes", "message_echoes"})
  void echoesAreRead(String field) {
    String value =
        """
        {%s,"message_echoes":[{"from":"59171000001","to":"591720","to_user_id":"BO.1",
          "id":"wamid.E","timestamp":"1767225600","type":"revoke"}]}
        """
            .formatted(METADATA);
    assertThat(split(change(field, value)))
        .containsExactly(
            new Notification.Echo(
                new ItemPath(0, 0, 0),
                new Origin(field, WABA, NUMBER, "59171000001"),
                "wamid.E",
                "revoke",
                new Participant("591720", "BO.1", null),
                NEW_YEAR));
  }

  @Test
  void aTimeComesFromTheEntryElseFromTheValue() {
    String late =
        "{\"id\":\"1\",\"time\":1767225600,\"changes\":["
            + change("flows", "{\"timestamp\":\"1\"}")
            + "]}";
    String none = entry("1", change("messaging_handovers", "{\"timestamp\":\"1767225600\"}"));
    assertThat(Notifications.of(read(envelopeOf(late, none))))
        .extracting(n -> ((Notification.Change) n).at())
        .containsExactly(NEW_YEAR, NEW_YEAR);
  }
}
