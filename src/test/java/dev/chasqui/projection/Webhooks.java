package dev.chasqui.projection;

import dev.chasqui.journal.Fact;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Facts of webhooks. Each event is told from the others by its number.
final class Webhooks {

  static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
  static final String NUMBER = "200";
  static final String WABA = "100";

  private Webhooks() {}

  static EventId id(int number) {
    return new EventId(Ulid.of(AT, 1, number));
  }

  /// A text message.
  static Fact.WebhookReceived message(int number, String wamid) {
    return accepted(number, envelope(WABA, textOf(wamid)));
  }

  /// A message that a client sent through us and that was accepted.
  static Fact.MessageSubmitted submitted(int number, Via via, String messageId) {
    Fact.WebhookReceived posted = accepted(number, "{\"to\":\"51900000001\",\"type\":\"text\"}");
    SourceChannel channel = new SourceChannel(NUMBER, NUMBER, WABA, null);
    Fact.WebhookReceived request =
        new Fact.WebhookReceived(
            posted.eventId(),
            posted.at(),
            new Fact.Origin(
                WorkspaceId.DEFAULT,
                Fact.MessageSubmitted.SOURCE,
                null,
                new Fact.ChannelOrigin("token", channel)),
            posted.verdicts(),
            posted.head(),
            posted.bodySha256(),
            posted.body());
    Sending sending =
        new Sending(
            posted.eventId(),
            via,
            new Sending.Author("api", null),
            new Sending.Content("text", new Participant("51900000001", null, null)),
            null,
            new Sending.Outcome.Accepted(messageId, Participant.NONE, Bytes.EMPTY));
    return new Fact.MessageSubmitted(request, sending);
  }

  /// One envelope with several messages.
  static Fact.WebhookReceived messages(int number, String... wamids) {
    return accepted(
        number, envelope(WABA, List.of(wamids).stream().map(Webhooks::textOf).collect(joined())));
  }

  /// One envelope with several statuses, each as wamid, blank, word and, for a member of a group,
  /// blank and member.
  static Fact.WebhookReceived statuses(int number, String... statuses) {
    String items = List.of(statuses).stream().map(Webhooks::statusOf).collect(joined());
    Summary.Contents contents = new Summary.Contents(List.of("messages"), false);
    Summary summary =
        new Summary(
            "whatsapp_business_account", 1, 1, Topic.MESSAGE_STATUS, 0, statuses.length, contents);
    return webhook(number, true, summary, envelope(WABA, "", items));
  }

  /// So many messages in one envelope, one of which is no object.
  static Fact.WebhookReceived oneMalformedAmong(int number, int count, int malformed) {
    String items =
        IntStream.range(0, count)
            .mapToObj(i -> i == malformed ? "7" : textOf("wamid.M" + i))
            .collect(joined());
    return accepted(number, envelope(WABA, items));
  }

  /// Meta's dashboard test: entry id `0`.
  static Fact.WebhookReceived dashboardTest(int number) {
    Summary.Contents contents = new Summary.Contents(List.of("messages"), true);
    return webhook(number, true, contents, envelope("0", textOf("wamid.TEST")));
  }

  /// An event whose signature was not valid.
  static Fact.WebhookReceived rejected(int number, String wamid) {
    return webhook(
        number,
        false,
        new Summary.Contents(List.of("messages"), false),
        envelope(WABA, textOf(wamid)));
  }

  /// A webhook that was accepted as an envelope, though it is none.
  static Fact.WebhookReceived broken(int number) {
    return accepted(number, "{");
  }

  private static Fact.WebhookReceived accepted(int number, String body) {
    return webhook(number, true, new Summary.Contents(List.of("messages"), false), body);
  }

  private static Fact.WebhookReceived webhook(
      int number, boolean accepted, Summary.Contents contents, String body) {
    return webhook(
        number,
        accepted,
        new Summary("whatsapp_business_account", 1, 1, Topic.MESSAGES, 1, 0, contents),
        body);
  }

  private static Fact.WebhookReceived webhook(
      int number, boolean accepted, Summary summary, String body) {
    return new Fact.WebhookReceived(
        id(number),
        AT,
        new Fact.Origin(WorkspaceId.DEFAULT, "whatsapp", null),
        new Fact.Verdicts(accepted, accepted, summary),
        new Fact.Head(List.of(), ""),
        Bytes.of(new byte[32]),
        Bytes.utf8(body));
  }

  private static String statusOf(String text) {
    String[] parts = text.split(" ", -1);
    String member = parts.length < 3 ? "" : ",\"recipient_participant_id\":\"" + parts[2] + "\"";
    return "{\"id\":\"%s\",\"status\":\"%s\",\"recipient_id\":\"5511\"%s}"
        .formatted(parts[0], parts[1], member);
  }

  private static String envelope(String waba, String messages) {
    return envelope(waba, messages, "");
  }

  private static String envelope(String waba, String messages, String statuses) {
    return """
    {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"field":"messages",
    "value":{"messaging_product":"whatsapp",
    "metadata":{"display_phone_number":"15550001","phone_number_id":"%s"},
    "messages":[%s],"statuses":[%s]}}]}]}
    """
        .formatted(waba, NUMBER, messages, statuses);
  }

  private static String textOf(String wamid) {
    return """
    {"from":"5511","id":"%s","timestamp":"1772359200","type":"text","text":{"body":"hello"}}\
    """
        .formatted(wamid);
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(",");
  }
}
