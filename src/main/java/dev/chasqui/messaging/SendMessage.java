package dev.chasqui.messaging;

import dev.chasqui.journal.Journal.Appended;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.model.Via;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sends a message that a client gave us, once, and tells what came of it. The way there is either
/// WhatsApp or the number's fallback channel. What was sent, or may have been, is in the journal
/// before the client is told (docs/design/messaging.md).
///
/// It blocks for as long as the other side takes, at most for its deadline; called on virtual
/// threads. Safe for use by many threads; holds no lock across a call.
public final class SendMessage {

  static final int RETRY_AFTER_SECONDS = 5;

  private final MessagingPorts ports;
  private final Transmit transmit;
  private final WriteDown journal;
  private final SendKeyed keyed;
  private final UnderWay underWay = new UnderWay();

  public SendMessage(MessagingPorts ports, MessagingSettings settings) {
    this.ports = ports;
    this.transmit = new Transmit(ports);
    this.journal = new WriteDown(ports.journal(), ports.numbers());
    this.keyed = new SendKeyed(ports, settings, transmit, journal);
  }

  /// Sends a message.
  ///
  /// @throws InterruptedException if the gateway stops meanwhile; a message that was given to the
  ///   other side by then is unknown, and its `Idempotency-Key`, if there is one, says so
  public SendAnswer send(Submission submission) throws InterruptedException {
    underWay.enter();
    try {
      return measured(submission);
    } finally {
      underWay.leave();
    }
  }

  /// Waits until no message is under way, so that the journal may be closed.
  ///
  /// @return false if the limit passed first
  public boolean awaitIdle(Duration limit) throws InterruptedException {
    return underWay.awaitNone(limit);
  }

  private SendAnswer measured(Submission submission) throws InterruptedException {
    long start = ports.ticker().getAsLong();
    Via via = via(submission);
    SendAnswer answer =
        submission.options().idempotencyKey() == null
            ? sendOnce(submission, via)
            : keyed.send(submission, via);
    ports.events().answered(via, answer, Duration.ofNanos(ports.ticker().getAsLong() - start));
    return answer;
  }

  private Via via(Submission submission) {
    if (submission.options().forceFallback()) {
      return Via.FALLBACK;
    }
    boolean hasChannel = ports.bridge().serves(submission.workspace(), submission.phoneNumberId());
    return hasChannel
        ? ports
            .routes()
            .route(
                submission.workspace(),
                submission.phoneNumberId(),
                CloudPayload.recipient(submission.content().payload()))
        : Via.WHATSAPP;
  }

  private SendAnswer sendOnce(Submission submission, Via via) throws InterruptedException {
    if (!journal.isOpen()) {
      return journalRefuses();
    }
    EventId id = new EventId(ports.ids().next());
    Transmission transmission = transmit.transmit(submission, id, via);
    if (!transmission.isToBeKept()) {
      return transmission.answer();
    }
    Sending sending = sending(submission, id, via, null, transmission.outcome());
    return switch (journal.write(submission, id, ports.clock().instant(), sending)) {
      case Appended.Durable _ -> transmission.answer();
      case Appended.Refused refused -> unrecorded(id, transmission, refused);
    };
  }

  /// Nothing was sent, and nothing will be while the journal takes nothing.
  static SendAnswer journalRefuses() {
    return new SendAnswer.Unavailable(
        SendAnswer.Cause.JOURNAL, "what is sent cannot be recorded now", RETRY_AFTER_SECONDS);
  }

  /// The message is on its way, or may be, but nothing here will know of it. The client must not
  /// take that for a success, nor for something to be repeated.
  static SendAnswer unrecorded(EventId id, Transmission transmission, Appended.Refused refused) {
    return transmission.outcome() instanceof Outcome.Refused
        ? transmission.answer()
        : new SendAnswer.Unknown(
            id, "it may have been sent, but could not be recorded: " + refused.reason(), false);
  }

  static Sending sending(
      Submission submission,
      EventId id,
      Via via,
      Sending.@Nullable Idempotency idempotency,
      Outcome outcome) {
    Sending.Content content =
        new Sending.Content(
            CloudPayload.type(submission.content().payload()),
            CloudPayload.recipient(submission.content().payload()),
            CloudPayload.group(submission.content().payload()));
    return new Sending(id, via, submission.author(), content, idempotency, outcome);
  }
}
