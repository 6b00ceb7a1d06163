package dev.chasqui.messaging;

import dev.chasqui.journal.Fact.MessageSubmitted;
import dev.chasqui.journal.Fact.WebhookReceived;
import dev.chasqui.json.Json;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.Via;
import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.FallbackStore;
import dev.chasqui.store.FallbackSwitches;
import dev.chasqui.store.FallbackSwitches.Step;
import dev.chasqui.store.FallbackSwitches.Switched;
import dev.chasqui.store.Reasons;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Sends the message with which a contact went over to the fallback channel once more, that way,
/// for phone numbers whose channel says so (`resendOnSwitch`).
///
/// At most once: a switch is taken, on disk, before anything is sent. Whatever happens in between
/// and whatever the bridge answers, it is not tried again; the log says what came of it.
public final class ResendSwitched {

  /// A message that failed longer ago would reach its contact out of place.
  static final Duration LATEST = Duration.ofHours(1);

  private static final System.Logger LOG = System.getLogger(ResendSwitched.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PORTION = 50;

  private final Ports ports;
  private final Clock clock;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile @Nullable SupervisedLoop running;

  public ResendSwitched(Ports ports, Clock clock) {
    this.ports = ports;
    this.clock = clock;
  }

  /// What it stands on.
  ///
  /// @param channels answers from memory
  /// @param send sends a message and writes it down
  public record Ports(
      FallbackSwitches switches,
      FallbackStore channels,
      SubmittedMessages messages,
      MessageSender send) {}

  public void start(Supervisor supervisor) {
    SupervisedLoop loop = supervisor.loop("resend", this::run);
    running = loop;
    loop.start();
  }

  /// Sends nothing more; what is under way ends by its deadline.
  public void close() {
    SupervisedLoop loop = running;
    if (loop != null) {
      loop.expectEnd();
    }
    stop.countDown();
  }

  private void run(LoopReport report) throws InterruptedException {
    while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
      try {
        resendDue();
        report.goesOn();
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "messages of switched contacts could not be resent; trying again",
            e);
        report.waits("messages of switched contacts are not resent: " + Reasons.of(e));
      }
    }
  }

  /// Deals with the switches that wait. Those of numbers that do not want it are taken too: wanting
  /// it later concerns later switches.
  void resendDue() throws InterruptedException {
    if (ports.channels().fallbackChannels().isEmpty()) {
      return;
    }
    for (Switched switched : ports.switches().waiting(Step.RESEND, PORTION)) {
      if (stop.getCount() == 0) {
        return;
      }
      if (ports.switches().take(switched.id(), Step.RESEND) && isWanted(switched)) {
        say(switched, resend(switched));
      }
    }
  }

  private boolean isWanted(Switched switched) {
    String number = switched.phoneNumberId();
    return number != null
        && ports
            .channels()
            .fallbackChannel(switched.workspace(), number)
            .filter(FallbackChannel::resendOnSwitch)
            .isPresent();
  }

  /// @return what came of it, in words without personal data
  private String resend(Switched switched) throws InterruptedException {
    String messageId = switched.messageId();
    if (messageId == null) {
      return "it is not known which message failed";
    }
    if (switched.at().plus(LATEST).isBefore(clock.instant())) {
      return "not sent: it failed more than " + LATEST + " ago";
    }
    Optional<MessageSubmitted> found = ports.messages().find(switched.workspace(), messageId);
    if (found.isEmpty()) {
      return "not sent: the message was not accepted from a client here, or is not kept any more";
    }
    if (found.get().sending().via() != Via.WHATSAPP) {
      return "not sent: the message went over the fallback channel itself";
    }
    Optional<Submission> submission = submission(found.get(), switched);
    return submission.isEmpty()
        ? "not sent: the message cannot be read any more"
        : words(ports.send().send(submission.get()));
  }

  /// The same message in the name of the same client.
  private static Optional<Submission> submission(MessageSubmitted message, Switched switched) {
    WebhookReceived request = message.request();
    String number = switched.phoneNumberId();
    try {
      return number != null && Json.read(request.body()) instanceof ObjectNode payload
          ? Optional.of(
              new Submission(
                  switched.workspace(),
                  number,
                  message.sending().author(),
                  new Submission.Content(payload, request.body(), headers(request)),
                  new Submission.Options(true, null, null)))
          : Optional.empty();
    } catch (MalformedJsonException _) {
      return Optional.empty();
    }
  }

  private static List<Submission.Header> headers(WebhookReceived request) {
    return request.head().headers().stream()
        .map(it -> new Submission.Header(it.name(), it.value()))
        .toList();
  }

  private static String words(SendAnswer answer) {
    return switch (answer) {
      case SendAnswer.Accepted accepted -> "sent, submission " + accepted.submission();
      case SendAnswer.Unknown(var submission, String why, var _) ->
          "nobody knows whether it was sent: " + why + ", submission " + submission;
      case SendAnswer.FallbackFailed(String reason, boolean mayHaveArrived) ->
          (mayHaveArrived ? "nobody knows whether it was sent: " : "not sent: ") + reason;
      case SendAnswer.Unavailable unavailable -> "not sent: " + unavailable.reason();
      case SendAnswer.Refused _, SendAnswer.Conflict _ -> "not sent: refused";
    };
  }

  private static void say(Switched switched, String outcome) {
    boolean isSent = outcome.startsWith("sent");
    LOG.log(
        isSent ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
        "the message of switch " + switched.id() + " over the fallback channel: " + outcome);
  }
}
