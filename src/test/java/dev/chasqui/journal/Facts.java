package dev.chasqui.journal;

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

/// Facts to test with. Each is told from the others by its number.
public final class Facts {

  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456Z");

  private Facts() {}

  /// A webhook of the given number with a body of the given size.
  public static Fact.WebhookReceived webhook(long number, int bodyBytes) {
    byte[] body = new byte[bodyBytes];
    for (int i = 0; i < bodyBytes; i++) {
      body[i] = (byte) ('a' + (number + i) % 26);
    }
    return new Fact.WebhookReceived(
        id(number), AT, origin(), verdicts(), head(), Bytes.of(new byte[32]), Bytes.of(body));
  }

  /// A webhook with a small body.
  public static Fact.WebhookReceived webhook(long number) {
    return webhook(number, 100 + (int) (number % 50));
  }

  /// A webhook of statuses alone.
  public static Fact.WebhookReceived statuses(long number) {
    Fact.WebhookReceived webhook = webhook(number);
    Summary summary =
        new Summary(
            "whatsapp_business_account",
            1,
            1,
            Topic.MESSAGE_STATUS,
            0,
            1,
            new Summary.Contents(List.of("messages"), false));
    return new Fact.WebhookReceived(
        webhook.eventId(),
        webhook.at(),
        webhook.origin(),
        new Fact.Verdicts(true, true, summary),
        webhook.head(),
        webhook.bodySha256(),
        webhook.body());
  }

  /// A webhook of another sender than Meta.
  public static Fact.WebhookReceived ofSender(long number) {
    Fact.WebhookReceived webhook = webhook(number);
    Fact.ChannelOrigin channelOrigin =
        new Fact.ChannelOrigin(
            number % 2 == 0 ? "url-key+address" : null,
            new SourceChannel("acme" + number, "106540352242922", null, "15550001111"));
    return new Fact.WebhookReceived(
        webhook.eventId(),
        webhook.at(),
        new Fact.Origin(WorkspaceId.DEFAULT, "exotel", null, channelOrigin),
        webhook.verdicts(),
        webhook.head(),
        webhook.bodySha256(),
        webhook.body());
  }

  /// A message that a client sent through us.
  public static Fact.MessageSubmitted submitted(long number, Sending.Outcome outcome) {
    Fact.WebhookReceived request = ofSender(number);
    Sending sending =
        new Sending(
            request.eventId(),
            number % 2 == 0 ? Via.FALLBACK : Via.WHATSAPP,
            new Sending.Author("api", number % 2 == 0 ? null : "tok_1"),
            new Sending.Content("text", new Participant("51900000001", null, null)),
            number % 2 == 0 ? null : new Sending.Idempotency("00ff", "ff00"),
            outcome);
    return new Fact.MessageSubmitted(request, sending);
  }

  /// Everything that can become of a message.
  public static List<Sending.Outcome> outcomes() {
    return List.of(
        new Sending.Outcome.Accepted("wamid.A", Participant.NONE, Bytes.utf8("{\"a\":\"ñ\"}")),
        new Sending.Outcome.Accepted("wamid.A", Participant.NONE, "held", Bytes.utf8("{}")),
        new Sending.Outcome.Refused(400, 131026, "Undeliverable", true, Bytes.EMPTY),
        new Sending.Outcome.Unknown("the deadline passed"));
  }

  /// A repeat of the webhook of the given number.
  public static Fact.DuplicateSeen duplicate(long number) {
    return new Fact.DuplicateSeen(id(number), AT);
  }

  /// The number that a fact was made with.
  public static long number(Fact fact) {
    return fact.eventId().ulid().low();
  }

  private static EventId id(long number) {
    return new EventId(Ulid.of(AT, 7, number));
  }

  private static Fact.Origin origin() {
    return new Fact.Origin(WorkspaceId.DEFAULT, "whatsapp", "delivery-1");
  }

  private static Fact.Verdicts verdicts() {
    Summary.Contents contents = new Summary.Contents(List.of("messages", "flows"), true);
    return new Fact.Verdicts(
        true, true, new Summary("whatsapp_business_account", 1, 2, Topic.MESSAGES, 3, 4, contents));
  }

  private static Fact.Head head() {
    return new Fact.Head(
        List.of(
            new Fact.Header("Content-Type", "application/json"),
            new Fact.Header("X-Name", "Zoë ✓")),
        "a=1&b=%20");
  }
}
