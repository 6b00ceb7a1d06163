package dev.chasqui.messaging;

import dev.chasqui.journal.Journal.Appended;
import dev.chasqui.messaging.IdempotencyKeys.Claim;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Idempotency;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.model.Via;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// Sends a message of a request that has an `Idempotency-Key`: at most once for each key, whatever
/// happens in between.
///
/// Before the other side is asked, the journal has an intent, which is an outcome that nobody
/// knows. So whenever the process ends, a repeat finds either nothing, and nothing was sent; or the
/// intent, and it may have been; or the outcome.
final class SendKeyed {

  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private final MessagingPorts ports;
  private final MessagingSettings settings;
  private final Transmit transmit;
  private final WriteDown journal;
  private final IdempotencyKeys keys;

  /// What stands before it in the journal may be missing in the store at first.
  private final long start;

  private volatile boolean isCaughtUp;

  SendKeyed(
      MessagingPorts ports, MessagingSettings settings, Transmit transmit, WriteDown journal) {
    this.ports = ports;
    this.settings = settings;
    this.transmit = transmit;
    this.journal = journal;
    this.keys = new IdempotencyKeys(settings.keys().inMemory(), ports.memory()::knownUpTo);
    this.start = ports.journal().tail();
  }

  SendAnswer send(Submission submission, Via via) throws InterruptedException {
    Idempotency wanted = idempotency(submission);
    return switch (keys.claim(wanted)) {
      case Claim.Taken(var entry) -> claimed(submission, via, entry);
      case Claim.Answered(var sending) -> again(submission, latest(sending));
      case Claim.Clash(var clash) -> new SendAnswer.Conflict(clash);
      case Claim.Full() -> busy("too many idempotency keys are in use");
    };
  }

  private SendAnswer claimed(Submission submission, Via via, IdempotencyKeys.Entry entry)
      throws InterruptedException {
    boolean isSettled = false;
    try {
      if (!catchUp()) {
        return busy("what was sent before the last stop is still being read");
      }
      Optional<Sending> earlier = stored(entry.idempotency());
      if (earlier.isPresent() && !IdempotencyKeys.isFreeAgain(earlier.get().outcome())) {
        return repeated(submission, entry.idempotency(), earlier.get());
      }
      EventId id = new EventId(ports.ids().next());
      Sending intent =
          SendMessage.sending(submission, id, via, entry.idempotency(), Outcome.Unknown.INTENT);
      Appended written = journal.write(submission, id, ports.clock().instant(), intent);
      if (!(written instanceof Appended.Durable durable)) {
        return SendMessage.journalRefuses();
      }
      isSettled = true;
      return intended(submission, entry, intent, durable.position());
    } finally {
      if (!isSettled) {
        keys.release(entry);
      }
    }
  }

  /// From here on the key is never free again, unless it is certain that nothing was sent.
  private SendAnswer intended(
      Submission submission, IdempotencyKeys.Entry entry, Sending intent, long intentPosition)
      throws InterruptedException {
    Sending last = intent;
    long position = intentPosition;
    try {
      Transmission transmission = transmit.transmit(submission, intent.submission(), intent.via());
      last =
          SendMessage.sending(
              submission,
              intent.submission(),
              intent.via(),
              intent.idempotency(),
              transmission.outcome());
      Instant now = ports.clock().instant();
      EventId event = new EventId(ports.ids().next());
      switch (journal.write(submission, event, now, last)) {
        case Appended.Durable durable -> {
          position = durable.position();
          return transmission.answer();
        }
        case Appended.Refused refused -> {
          return SendMessage.unrecorded(intent.submission(), transmission, refused);
        }
      }
    } finally {
      keys.settle(entry, last, position);
    }
  }

  private SendAnswer repeated(Submission submission, Idempotency wanted, Sending earlier) {
    Idempotency its = Objects.requireNonNull(earlier.idempotency());
    return switch (IdempotencyKeys.judge(wanted, its, earlier)) {
      case Claim.Answered(var sending) -> again(submission, sending);
      case Claim.Clash(var clash) -> new SendAnswer.Conflict(clash);
      case Claim.Taken _, Claim.Full _ -> throw new IllegalStateException("it was answered");
    };
  }

  private static SendAnswer again(Submission submission, Sending sending) {
    return AnswerAgain.of(CloudPayload.input(submission.content()), sending);
  }

  /// A status may have told meanwhile what became of an unknown one.
  private Sending latest(Sending sending) {
    Idempotency idempotency = sending.idempotency();
    return sending.outcome() instanceof Outcome.Unknown && idempotency != null
        ? stored(idempotency).orElse(sending)
        : sending;
  }

  private Optional<Sending> stored(Idempotency idempotency) {
    Instant since = ports.clock().instant().minus(settings.keys().age());
    return ports.memory().byKey(idempotency.key(), since);
  }

  private boolean catchUp() throws InterruptedException {
    if (!isCaughtUp) {
      isCaughtUp = ports.memory().awaitKnown(start, MAX_WAIT);
    }
    return isCaughtUp;
  }

  private static SendAnswer busy(String reason) {
    return new SendAnswer.Unavailable(
        SendAnswer.Cause.BUSY, reason, SendMessage.RETRY_AFTER_SECONDS);
  }

  private static Idempotency idempotency(Submission submission) {
    Submission.Options options = submission.options();
    String key = Objects.requireNonNull(options.idempotencyKey());
    return new Idempotency(
        new Sha256()
            .with(submission.workspace().value())
            .with(submission.phoneNumberId())
            .with(key)
            .hex(),
        new Sha256()
            .with(options.forceFallback() ? "fallback" : "")
            .with(submission.content().raw())
            .hex());
  }
}
