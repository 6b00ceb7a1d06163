package dev.chasqui.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.server.Response;
import dev.chasqui.messaging.SendAnswer.Accepted;
import dev.chasqui.messaging.SendAnswer.Clash;
import dev.chasqui.messaging.SendAnswer.Conflict;
import dev.chasqui.messaging.SendAnswer.Refused;
import dev.chasqui.messaging.SendAnswer.Unavailable;
import dev.chasqui.messaging.SendAnswer.Unknown;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests with an `Idempotency-Key`: at most one message for each key.
class SendKeyedIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int LIMIT_SECONDS = 60;

  @TempDir private Path folder;
  private final UpstreamTown upstream = new UpstreamTown();
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(folder.resolve("long"), upstream.url(), LONG);
  }

  @AfterEach
  void close() {
    desk.close();
    upstream.close();
  }

  @Test
  void aRepeatIsAnsweredAsTheFirstAndNotSent() throws Exception {
    SendMessage service = desk.service();
    if (!(service.send(Desk.text("1", "k")) instanceof Accepted first)) {
      throw new AssertionError("not accepted");
    }
    Accepted again =
        new Accepted(
            first.submission(),
            first.messageId(),
            first.input(),
            first.contact(),
            first.via(),
            first.answer(),
            true);
    assertThat(first.repeated()).isFalse();
    assertThat(service.send(Desk.text("1", "k"))).isEqualTo(again);
    assertThat(desk.service().send(Desk.text("1", "k"))).as("after a restart").isEqualTo(again);
    assertThat(upstream.got()).hasSize(1);
  }

  @Test
  void aRepeatNamesNobodyWhomUpstreamDidNotName() throws Exception {
    upstream.conduct(_ -> Response.json(200, Bytes.utf8("{\"messages\":[{\"id\":\"wamid.1\"}]}")));
    SendMessage service = desk.service();
    service.send(Desk.text("1", "k"));
    assertThat(service.send(Desk.text("1", "k")))
        .isInstanceOfSatisfying(
            Accepted.class, it -> assertThat(it.contact()).isEqualTo(Participant.NONE));
  }

  @Test
  void anIntentIsOnDiskBeforeUpstreamIsAsked() throws Exception {
    AtomicReference<List<String>> seen = new AtomicReference<>();
    upstream.conduct(
        got -> {
          seen.set(desk.outcomes());
          return UpstreamTown.take(got);
        });
    SendAnswer answer = desk.service().send(Desk.text("1", "k"));
    assertThat(seen.get()).containsExactly("Unknown");
    assertThat(desk.outcomes()).containsExactly("Unknown", "Accepted");
    assertThat(desk.written())
        .allMatch(it -> it.sending().submission().equals(((Accepted) answer).submission()));
    assertThat(desk.written().stream().map(it -> it.eventId()).distinct()).hasSize(2);
  }

  @Test
  void anotherBodyIsRefused() throws Exception {
    SendMessage service = desk.service();
    service.send(Desk.text("1", "k"));
    assertThat(service.send(Desk.text("2", "k"))).isEqualTo(new Conflict(Clash.OTHER_REQUEST));
    assertThat(desk.service().send(Desk.text("2", "k")))
        .as("after a restart")
        .isEqualTo(new Conflict(Clash.OTHER_REQUEST));
    assertThat(service.send(Desk.text("2", "k2"))).isInstanceOf(Accepted.class);
    assertThat(upstream.got()).hasSize(2);
  }

  @Test
  void ofManyAtOnceOneIsSentAndNobodyIsToldOtherwise() throws Exception {
    CountDownLatch all = new CountDownLatch(100);
    upstream.conduct(
        got -> {
          all.await(LIMIT_SECONDS, TimeUnit.SECONDS);
          return UpstreamTown.take(got);
        });
    SendMessage service = desk.service();
    List<SendAnswer> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SendAnswer>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        calls.add(
            callers.submit(
                () -> {
                  all.countDown();
                  return service.send(Desk.text("1", "k"));
                }));
      }
      for (Future<SendAnswer> call : calls) {
        answers.add(call.get(LIMIT_SECONDS, TimeUnit.SECONDS));
      }
    }
    assertThat(upstream.got()).hasSize(1);
    assertThat(answers.stream().filter(it -> it instanceof Accepted a && !a.repeated())).hasSize(1);
    assertThat(answers)
        .allMatch(it -> it instanceof Accepted || it.equals(new Conflict(Clash.IN_FLIGHT)));
  }

  @Test
  void anUnknownOneStaysUnknownAndIsNotSentAgain() throws Exception {
    upstream.conduct(upstream::hang);
    try (Desk hasty = new Desk(folder.resolve("short"), upstream.url(), SHORT)) {
      SendMessage service = hasty.service();
      if (!(service.send(Desk.text("1", "k")) instanceof Unknown first)) {
        throw new AssertionError("not unknown");
      }
      Unknown again = new Unknown(first.submission(), first.why(), true);
      assertThat(service.send(Desk.text("1", "k"))).isEqualTo(again);
      assertThat(hasty.service().send(Desk.text("1", "k"))).isEqualTo(again);
      assertThat(upstream.got()).hasSize(1);
    }
  }

  @Test
  void whatWasRefusedForNowIsSentAgainWithTheSameKey() throws Exception {
    upstream.conduct(_ -> UpstreamTown.refuse(429, 130429, "slow down"));
    SendMessage service = desk.service();
    assertThat(service.send(Desk.text("1", "k"))).isInstanceOf(Refused.class);
    upstream.conduct(UpstreamTown::take);
    assertThat(desk.service().send(Desk.text("1", "k"))).isInstanceOf(Accepted.class);
    assertThat(service.send(Desk.text("1", "k2"))).isInstanceOf(Accepted.class);
    assertThat(upstream.got()).hasSize(3);
  }

  @Test
  void aKeyIsFreeAgainWhereTheFaultCameBeforeAnythingWasSent() throws Exception {
    desk.accessToken = "EAAG\u2026";
    SendMessage service = desk.service();
    assertThat(service.send(Desk.text("1", "k"))).isInstanceOf(SendAnswer.Unavailable.class);
    assertThat(desk.outcomes().getLast()).isEqualTo("Refused");
    desk.accessToken = Desk.TOKEN;
    assertThat(service.send(Desk.text("1", "k"))).isInstanceOf(Accepted.class);
    assertThat(upstream.got()).hasSize(1);
  }

  @Test
  void aKeyIsFreeAgainWhereTheMessageCouldNotBeWritten() throws Exception {
    Submission fine = Desk.text("1", "k");
    Submission broken =
        new Submission(
            fine.workspace(),
            fine.phoneNumberId(),
            fine.author(),
            new Submission.Content(fine.content().payload(), Bytes.utf8("{\"to\":"), List.of()),
            fine.options());
    SendMessage service = desk.service();
    assertThat(service.send(broken)).isInstanceOf(Unavailable.class);
    assertThat(service.send(broken)).isInstanceOf(Unavailable.class);
    assertThat(desk.outcomes().getLast()).isEqualTo("Refused");
    assertThat(upstream.got()).isEmpty();
  }

  @Test
  void whatWasRefusedForGoodStaysRefused() throws Exception {
    upstream.conduct(_ -> UpstreamTown.refuse(400, 131051, "no such type"));
    SendMessage service = desk.service();
    if (!(service.send(Desk.text("1", "k")) instanceof Refused first)) {
      throw new AssertionError("not refused");
    }
    Refused again = new Refused(first.submission(), 400, first.fault(), null, first.answer(), true);
    assertThat(service.send(Desk.text("1", "k"))).isEqualTo(again);
    assertThat(desk.service().send(Desk.text("1", "k"))).isEqualTo(again);
    assertThat(upstream.got()).hasSize(1);
  }

  @Test
  void nothingIsSentBeforeWhatWasSentEarlierIsKnown() throws Exception {
    desk.service().send(Desk.text("1", "k"));
    desk.isInLedger = false;
    SendMessage restarted = desk.service();
    assertThat(restarted.send(Desk.text("1", "k"))).isInstanceOf(Unavailable.class);
    desk.isInLedger = true;
    assertThat(restarted.send(Desk.text("1", "k")))
        .isInstanceOfSatisfying(Accepted.class, it -> assertThat(it.repeated()).isTrue());
    assertThat(upstream.got()).hasSize(1);
  }

  @Test
  void aKeyIsOneNumbersAlone() throws Exception {
    SendMessage service = desk.service();
    Submission mine = Desk.text("1", "k");
    service.send(mine);
    Submission others =
        new Submission(
            mine.workspace(),
            "42",
            new Sending.Author("api", null),
            mine.content(),
            mine.options());
    assertThat(service.send(others))
        .isInstanceOfSatisfying(Accepted.class, it -> assertThat(it.repeated()).isFalse());
    assertThat(upstream.got()).hasSize(2);
  }
}
