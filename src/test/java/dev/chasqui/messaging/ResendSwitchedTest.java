package dev.chasqui.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Fact.MessageSubmitted;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.FallbackChannel.Credential;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.LoopStatus;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.FallbackStore;
import dev.chasqui.store.FallbackSwitches;
import dev.chasqui.store.OneStep;
import dev.chasqui.testkit.Conditions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The message with which a contact goes over to the fallback channel.
class ResendSwitchedTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String NUMBER = "106540352242922";
  private static final Bytes PAYLOAD =
      Bytes.utf8("{\"to\":\"51900\",\"type\":\"text\",\"text\":{\"body\":\"a\"}}");

  private final Switches switches = new Switches();
  private final Channels channels = new Channels();
  private final Map<String, MessageSubmitted> messages = new HashMap<>();
  private final List<Submission> sent = new ArrayList<>();
  private final List<SendAnswer> answers = new ArrayList<>();

  private final ResendSwitched resends =
      new ResendSwitched(
          new ResendSwitched.Ports(
              switches,
              channels,
              (workspace, id) -> Optional.ofNullable(messages.get(id)),
              this::send),
          Clock.fixed(NOW, ZoneOffset.UTC));

  private SendAnswer send(Submission submission) {
    assertThat(switches.waiting.values()).as("it was taken before").isEmpty();
    sent.add(submission);
    return answers.removeFirst();
  }

  @BeforeEach
  void aMessageWasSentOverWhatsApp() {
    channels.put(true);
    messages.put("wamid.X", submitted(Via.WHATSAPP));
    answers.add(new SendAnswer.FallbackFailed("down", false));
  }

  private static MessageSubmitted submitted(Via via) {
    EventId id = new EventId(Ulid.of(NOW, 1, 1));
    Fact.ChannelOrigin channelOrigin =
        new Fact.ChannelOrigin("token", new SourceChannel(NUMBER, NUMBER, null, null));
    Fact.WebhookReceived request =
        new Fact.WebhookReceived(
            id,
            NOW,
            new Fact.Origin(WorkspaceId.DEFAULT, MessageSubmitted.SOURCE, null, channelOrigin),
            new Fact.Verdicts(true, true, Summary.notAnEnvelope(Topic.MESSAGE_SUBMITTED, null)),
            new Fact.Head(List.of(new Fact.Header("X-Mine", "1")), ""),
            Bytes.of(new byte[32]),
            PAYLOAD);
    Participant to = new Participant("51900", null, null);
    return new MessageSubmitted(
        request,
        new Sending(
            id,
            via,
            new Sending.Author("journey", "tok_1"),
            new Sending.Content("text", to),
            null,
            new Sending.Outcome.Accepted("wamid.X", to, Bytes.utf8("{}"))));
  }

  private void switched(int id, Duration ago, @Nullable String number, @Nullable String message) {
    switches.waiting.put(
        id,
        new FallbackSwitches.Switched(
            Ulid.of(NOW.minus(ago), id, id), WorkspaceId.DEFAULT, "51900", number, message));
  }

  @Test
  void itIsSentOnceOverTheFallbackChannelInTheNameOfItsClient() throws InterruptedException {
    switched(1, Duration.ofMinutes(1), NUMBER, "wamid.X");
    resends.resendDue();
    resends.resendDue();
    assertThat(sent).hasSize(1);
    Submission submission = sent.getFirst();
    assertThat(submission.options().forceFallback()).isTrue();
    assertThat(submission.options().idempotencyKey()).isNull();
    assertThat(submission.content().raw()).isEqualTo(PAYLOAD);
    assertThat(submission.content().headers())
        .containsExactly(new Submission.Header("X-Mine", "1"));
    assertThat(submission.author()).isEqualTo(new Sending.Author("journey", "tok_1"));
    assertThat(submission.phoneNumberId()).isEqualTo(NUMBER);
  }

  @Test
  void aCrashBetweenTakingAndSendingMeansThatItIsNotSent() throws InterruptedException {
    switched(1, Duration.ZERO, NUMBER, "wamid.X");
    FallbackSwitches.Switched taken = Objects.requireNonNull(switches.waiting.get(1));
    assertThat(switches.take(taken.id(), FallbackSwitches.Step.RESEND)).isTrue();
    resends.resendDue();
    assertThat(sent).isEmpty();
  }

  @Test
  void whateverComesOfItItIsNotTriedAgain() throws InterruptedException {
    switched(1, Duration.ZERO, NUMBER, "wamid.X");
    ResendSwitched failing =
        new ResendSwitched(
            new ResendSwitched.Ports(
                switches,
                channels,
                (workspace, id) -> {
                  throw new IllegalStateException("the store is gone");
                },
                this::send),
            Clock.fixed(NOW, ZoneOffset.UTC));
    assertThatIllegalStateException().isThrownBy(failing::resendDue);
    resends.resendDue();
    assertThat(sent).isEmpty();
  }

  @Test
  void aFaultOfTheLoopIsToldWithItsReasonUntilItGoesOn() {
    Supervisor supervisor = new Supervisor(Clock.systemUTC(), _ -> {});
    switches.fails = true;
    resends.start(supervisor);
    try {
      LoopStatus.State waiting = LoopStatus.State.WAITING;
      Conditions.until("told", () -> supervisor.loops().getFirst().state() == waiting);
      assertThat(supervisor.loops().getFirst().reason())
          .startsWith("messages of switched contacts are not resent: IllegalStateException at");
      switches.fails = false;
      Conditions.until("it goes on", () -> supervisor.loops().getFirst().state() != waiting);
      assertThat(supervisor.loops().getFirst().state()).isEqualTo(LoopStatus.State.RUNNING);
    } finally {
      resends.close();
    }
  }

  @Test
  void wantingItLaterConcernsLaterSwitches() throws InterruptedException {
    channels.put(false);
    switched(1, Duration.ZERO, NUMBER, "wamid.X");
    resends.resendDue();
    channels.put(true);
    resends.resendDue();
    assertThat(sent).isEmpty();
    switched(2, Duration.ZERO, NUMBER, "wamid.X");
    resends.resendDue();
    assertThat(sent).hasSize(1);
  }

  @Test
  void whatIsTooOldOrUnknownOrWentThatWayAlreadyIsNotSent() throws InterruptedException {
    messages.put("sms-1", submitted(Via.FALLBACK));
    switched(1, ResendSwitched.LATEST.plusSeconds(1), NUMBER, "wamid.X");
    switched(2, Duration.ZERO, NUMBER, "wamid.other");
    switched(3, Duration.ZERO, NUMBER, null);
    switched(4, Duration.ZERO, null, "wamid.X");
    switched(5, Duration.ZERO, "2", "wamid.X");
    switched(6, Duration.ZERO, NUMBER, "sms-1");
    resends.resendDue();
    assertThat(sent).isEmpty();
    assertThat(switches.waiting).isEmpty();
  }

  /// The rows of a test.
  private static final class Switches implements FallbackSwitches {

    final Map<Integer, Switched> waiting = new LinkedHashMap<>();
    volatile boolean fails;

    @Override
    public List<Switched> waiting(Step step, int limit) {
      if (fails) {
        throw new IllegalStateException("made up");
      }
      return List.copyOf(waiting.values());
    }

    @Override
    public boolean take(Ulid id, Step step) {
      return waiting.values().removeIf(it -> it.id().equals(id));
    }
  }

  private static final class Channels implements FallbackStore {

    private @Nullable FallbackChannel channel;

    void put(boolean resendOnSwitch) {
      channel =
          new FallbackChannel(
              WorkspaceId.DEFAULT,
              NUMBER,
              URI.create("https://sms.example.com/"),
              List.of(Credential.of("s")),
              5,
              resendOnSwitch,
              List.of(Credential.of("u")));
    }

    @Override
    public <T extends @Nullable Object, E extends Exception> T inOneStep(
        OneStep.Change<T, E> change) throws E {
      return change.make();
    }

    @Override
    public List<FallbackChannel> fallbackChannels() {
      return channel == null ? List.of() : List.of(channel);
    }

    @Override
    public Optional<FallbackChannel> fallbackChannel(WorkspaceId workspace, String number) {
      return number.equals(NUMBER) ? Optional.ofNullable(channel) : Optional.empty();
    }

    @Override
    public void putFallbackChannel(FallbackChannel changed) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean deleteFallbackChannel(WorkspaceId workspace, String phoneNumberId) {
      throw new UnsupportedOperationException();
    }
  }
}
