package dev.chasqui.messaging;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.model.Via;

/// Gives a message to the other side, once.
final class Transmit {

  private static final int NOT_SENT = 503;
  private static final int BRIDGE_FAILED = 502;

  private static final System.Logger LOG = System.getLogger(Transmit.class.getName());

  private final MessagingPorts ports;

  Transmit(MessagingPorts ports) {
    this.ports = ports;
  }

  Transmission transmit(Submission submission, EventId id, Via via) throws InterruptedException {
    return switch (via) {
      case WHATSAPP -> overWhatsApp(submission, id);
      case FALLBACK -> overFallback(submission, id);
    };
  }

  private Transmission overWhatsApp(Submission submission, EventId id) throws InterruptedException {
    Bytes document;
    try {
      document = CloudPayload.of(submission.content(), id);
    } catch (RuntimeException e) {
      // Ours to mend, and certain: nothing has left the house.
      LOG.log(System.Logger.Level.ERROR, "message " + id + " could not be written, not sent", e);
      return notSent(SendAnswer.Cause.UPSTREAM, "the message could not be written");
    }
    UpstreamAnswer answer =
        ports
            .upstream()
            .post(
                submission.workspace(),
                submission.phoneNumberId(),
                submission.options().version(),
                document);
    return switch (answer) {
      case UpstreamAnswer.Accepted accepted -> accepted(submission, id, accepted);
      case UpstreamAnswer.Done _ -> unknown(id, "upstream answered and named no message");
      case UpstreamAnswer.Unknown(String why) -> unknown(id, why);
      case UpstreamAnswer.Refused refused -> refused(id, refused);
      case UpstreamAnswer.Unreached(var cause, String reason) -> notSent(cause, reason);
    };
  }

  private static Transmission accepted(
      Submission submission, EventId id, UpstreamAnswer.Accepted accepted) {
    boolean isGroup = CloudPayload.isGroup(submission.content().payload());
    Participant recipient = isGroup ? Participant.NONE : accepted.contact();
    return new Transmission(
        new Outcome.Accepted(
            accepted.messageId(), recipient, accepted.messageStatus(), accepted.body()),
        new SendAnswer.Accepted(
            id,
            accepted.messageId(),
            CloudPayload.input(submission.content()),
            recipient,
            Via.WHATSAPP,
            accepted.body(),
            false),
        true);
  }

  private static Transmission unknown(EventId id, String why) {
    return new Transmission(new Outcome.Unknown(why), new SendAnswer.Unknown(id, why, false), true);
  }

  private static Transmission refused(EventId id, UpstreamAnswer.Refused refused) {
    SendAnswer.Fault fault = refused.fault();
    boolean isRecipients = Refusals.isRecipients(fault.code());
    return new Transmission(
        new Outcome.Refused(
            refused.status(), fault.code(), fault.title(), isRecipients, refused.body()),
        new SendAnswer.Refused(
            id, refused.status(), fault, refused.retryAfter(), refused.body(), false),
        isRecipients);
  }

  private static Transmission notSent(SendAnswer.Cause cause, String reason) {
    return new Transmission(
        new Outcome.Refused(NOT_SENT, 0, reason, false, Bytes.EMPTY),
        new SendAnswer.Unavailable(cause, reason, SendMessage.RETRY_AFTER_SECONDS),
        false);
  }

  private Transmission overFallback(Submission submission, EventId id) throws InterruptedException {
    if (!ports.bridge().serves(submission.workspace(), submission.phoneNumberId())) {
      return notSent(
          SendAnswer.Cause.NO_FALLBACK_CHANNEL, "the phone number has no fallback channel");
    }
    return switch (ports.bridge().send(id, submission)) {
      case FallbackBridge.Result.Taken taken -> taken(submission, id, taken);
      case FallbackBridge.Result.Failed(String reason, boolean mayHaveArrived) ->
          new Transmission(
              mayHaveArrived
                  ? new Outcome.Unknown(reason)
                  : new Outcome.Refused(BRIDGE_FAILED, 0, reason, false, Bytes.EMPTY),
              new SendAnswer.FallbackFailed(reason, mayHaveArrived),
              mayHaveArrived);
    };
  }

  private static Transmission taken(
      Submission submission, EventId id, FallbackBridge.Result.Taken taken) {
    Participant to = CloudPayload.recipient(submission.content().payload());
    return new Transmission(
        new Outcome.Accepted(taken.messageId(), taken.recipient(), taken.answer()),
        new SendAnswer.Accepted(
            id,
            taken.messageId(),
            CloudPayload.input(submission.content()),
            to,
            Via.FALLBACK,
            taken.answer(),
            false),
        true);
  }
}
