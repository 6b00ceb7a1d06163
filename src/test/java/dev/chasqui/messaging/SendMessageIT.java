package dev.chasqui.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.server.Response;
import dev.chasqui.journal.Fact;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages to an upstream that behaves, and to one that does not.
class SendMessageIT {

  /// Never passes on a slow machine.
  private static final Duration LONG = Duration.ofSeconds(60);

  /// For an upstream that never answers.
  private static final Duration SHORT = Duration.ofMillis(300);

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
  void aMessageIsSentWithTheWorkspacesTokenAndWrittenDown() throws Exception {
    SendAnswer answer = desk.service().send(Desk.text("+51 900-000-001", null));

    UpstreamTown.Got got = upstream.got().getFirst();
    assertThat(got.path()).isEqualTo("/v24.0/" + Desk.NUMBER + "/messages");
    assertThat(got.authorization()).isEqualTo("Bearer " + Desk.TOKEN);
    assertThat(got.text("messaging_product")).isEqualTo("whatsapp");
    assertThat(got.text("to")).isEqualTo("+51 900-000-001");
    if (!(answer instanceof SendAnswer.Accepted accepted)) {
      throw new AssertionError(answer);
    }
    assertThat(accepted.messageId()).isEqualTo("wamid.1");
    assertThat(accepted.input()).isEqualTo("+51 900-000-001");
    assertThat(accepted.contact()).isEqualTo(new Participant("51900000001", null, null));
    assertThat(accepted.answer().toUtf8()).startsWith("{\"messaging_product\":\"whatsapp\"");
    assertThat(got.text("biz_opaque_callback_data"))
        .isEqualTo(Sending.callback(accepted.submission()));

    Fact.MessageSubmitted written = desk.written().getFirst();
    assertThat(written.eventId()).isEqualTo(accepted.submission());
    assertThat(written.request().body().toUtf8())
        .isEqualTo("{\"to\":\"+51 900-000-001\",\"text\":{\"body\":\"hi\"}}");
    assertThat(written.request().head().first("X-Mine")).isEqualTo("1");
    assertThat(written.request().head().first("Authorization")).isNull();
    assertThat(written.sending().outcome())
        .isEqualTo(new Outcome.Accepted("wamid.1", accepted.contact(), accepted.answer()));
    assertThat(desk.told).containsExactly("whatsapp Accepted");
  }

  @Test
  void aRefusalIsPassedOnAndWrittenDownOnlyForItsRecipientsSake() throws Exception {
    upstream.conduct(
        _ -> UpstreamTown.refuse(400, 131051, "no such type").with("Retry-After", "9"));
    if (!(desk.service().send(Desk.text("1", null)) instanceof SendAnswer.Refused refused)) {
      throw new AssertionError("not refused");
    }
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fault().code()).isEqualTo(131051);
    assertThat(refused.retryAfter()).isEqualTo("9");
    assertThat(refused.fault().trace()).isEqualTo("A1");
    assertThat(desk.written()).isEmpty();

    upstream.conduct(_ -> UpstreamTown.refuse(400, 131026, "undeliverable"));
    assertThat(desk.service().send(Desk.text("1", null))).isInstanceOf(SendAnswer.Refused.class);
    assertThat(desk.written()).hasSize(1);
    assertThat(desk.written().getFirst().sending().outcome())
        .isInstanceOfSatisfying(
            Outcome.Refused.class, it -> assertThat(it.isRecipients()).isTrue());
  }

  @Test
  void aRevokedTokenIsTold() throws Exception {
    upstream.conduct(_ -> UpstreamTown.refuse(401, 190, "The session has been invalidated"));
    assertThat(desk.service().send(Desk.text("1", null))).isInstanceOf(SendAnswer.Refused.class);
    assertThat(desk.refusedTokens).containsExactly(WorkspaceId.DEFAULT);
    upstream.conduct(UpstreamTown::take);
    desk.service().send(Desk.text("1", null));
    assertThat(desk.refusedTokens).isEmpty();
  }

  @Test
  void codeZeroOfAnAuthExceptionIsARevokedTokenToo() throws Exception {
    upstream.conduct(_ -> UpstreamTown.refuse(401, 0, "AuthException"));
    desk.service().send(Desk.text("1", null));
    assertThat(desk.refusedTokens).containsExactly(WorkspaceId.DEFAULT);
  }

  @Test
  void whatIsSaidOfAMessageBesideItsIdIsWrittenDown() throws Exception {
    upstream.conduct(
        got ->
            Response.json(
                200,
                Bytes.utf8(
                    "{\"messages\":[{\"id\":\"wamid.1\","
                        + "\"message_status\":\"held_for_quality_assessment\"}]}")));
    desk.service().send(Desk.text("1", null));
    Sending.Outcome.Accepted accepted =
        (Sending.Outcome.Accepted) desk.written().getFirst().sending().outcome();
    assertThat(accepted.messageStatus()).isEqualTo("held_for_quality_assessment");
  }

  @Test
  void aTokenThatCannotStandInAHeaderSendsNothing() throws Exception {
    desk.accessToken = "EAAG\u2026";
    assertThat(desk.service().send(Desk.text("1", null)))
        .isInstanceOfSatisfying(
            SendAnswer.Unavailable.class,
            it -> assertThat(it.reason()).contains("meta-access-token").doesNotContain("EAAG"));
    assertThat(upstream.got()).isEmpty();
    assertThat(desk.written()).isEmpty();
  }

  @Test
  void withoutATokenNothingIsSent() throws Exception {
    desk.accessToken = null;
    assertThat(desk.service().send(Desk.text("1", null)))
        .isInstanceOfSatisfying(
            SendAnswer.Unavailable.class,
            it -> assertThat(it.cause()).isEqualTo(SendAnswer.Cause.NO_ACCESS_TOKEN));
    assertThat(upstream.got()).isEmpty();
  }

  @Test
  void anUpstreamThatHangsLeavesItUnknown() throws Exception {
    upstream.conduct(upstream::hang);
    try (Desk hasty = new Desk(folder.resolve("short"), upstream.url(), SHORT)) {
      SendAnswer answer = hasty.service().send(Desk.text("1", null));
      assertThat(answer).isInstanceOf(SendAnswer.Unknown.class);
      assertThat(hasty.outcomes()).containsExactly("Unknown");
      assertThat(upstream.got()).as("never sent again by itself").hasSize(1);
    }
  }

  @Test
  void whatNobodyCanReadIsUnknown() throws Exception {
    upstream.conduct(_ -> Response.text(502, "<html>Bad Gateway</html>"));
    assertThat(desk.service().send(Desk.text("1", null))).isInstanceOf(SendAnswer.Unknown.class);
    upstream.conduct(_ -> Response.text(200, "<html>welcome</html>"));
    assertThat(desk.service().send(Desk.text("1", null))).isInstanceOf(SendAnswer.Unknown.class);
    assertThat(desk.outcomes()).containsExactly("Unknown", "Unknown");
  }

  @Test
  void anUpstreamThatIsNotThereIsToldAndMayBeTriedAgain() throws Exception {
    try (ClosedPort port = ClosedPort.take();
        Desk lost = new Desk(folder.resolve("lost"), port.url(), LONG)) {
      assertThat(lost.service().send(Desk.text("1", null)))
          .isInstanceOfSatisfying(
              SendAnswer.Unavailable.class,
              it -> assertThat(it.cause()).isEqualTo(SendAnswer.Cause.UPSTREAM));
      assertThat(lost.written()).isEmpty();
    }
  }

  @Test
  void aResetAfterTheRequestIsUnknownAndNotRepeated() throws Exception {
    try (ResettingUpstream resetting = new ResettingUpstream();
        Desk reset = new Desk(folder.resolve("reset"), resetting.url(), LONG)) {
      SendMessage service = reset.service();
      assertThat(service.send(Desk.text("1", null))).isInstanceOf(SendAnswer.Accepted.class);
      // On the kept connection: this is what looks like a keep-alive that ended.
      assertThat(service.send(Desk.text("2", null))).isInstanceOf(SendAnswer.Unknown.class);
      assertThat(resetting.requests()).isEqualTo(2);
      assertThat(reset.outcomes()).containsExactly("Accepted", "Unknown");
    }
  }

  @Test
  void nothingIsSentThatCannotBeRecorded() throws Exception {
    SendMessage service = desk.service();
    desk.journal().close();
    assertThat(service.send(Desk.text("1", null)))
        .isInstanceOfSatisfying(
            SendAnswer.Unavailable.class,
            it -> assertThat(it.cause()).isEqualTo(SendAnswer.Cause.JOURNAL));
    assertThat(service.send(Desk.text("1", "key"))).isInstanceOf(SendAnswer.Unavailable.class);
    assertThat(upstream.got()).isEmpty();
  }

  @Test
  void whatWasSentButCannotBeRecordedIsNoSuccess() throws Exception {
    upstream.conduct(
        got -> {
          desk.journal().close();
          return UpstreamTown.take(got);
        });
    assertThat(desk.service().send(Desk.text("1", null))).isInstanceOf(SendAnswer.Unknown.class);
  }

  @Test
  void aForcedMessageGoesOverTheFallbackChannel() throws Exception {
    desk.fallback = bridge(new FallbackBridge.Result.Taken("sms-1", Bytes.utf8("{}")));
    SendAnswer answer = desk.service().send(Desk.submission("{\"to\":\"1\"}", true, null));
    assertThat(answer)
        .isInstanceOfSatisfying(
            SendAnswer.Accepted.class,
            it -> {
              assertThat(it.messageId()).isEqualTo("sms-1");
              assertThat(it.via()).isEqualTo(Via.FALLBACK);
            });
    assertThat(upstream.got()).isEmpty();
    assertThat(desk.written().getFirst().sending().via()).isEqualTo(Via.FALLBACK);
  }

  @Test
  void aContactsDefaultDecidesWhereTheNumberHasAChannel() throws Exception {
    desk.fallback = bridge(new FallbackBridge.Result.Taken("sms-1", Bytes.utf8("{}")));
    assertThat(desk.service().send(Desk.text("7", null)))
        .isInstanceOfSatisfying(
            SendAnswer.Accepted.class, it -> assertThat(it.via()).isEqualTo(Via.FALLBACK));
    assertThat(desk.service().send(Desk.text("8", null)))
        .isInstanceOfSatisfying(
            SendAnswer.Accepted.class, it -> assertThat(it.via()).isEqualTo(Via.WHATSAPP));
  }

  @Test
  void aBridgeThatFailsLeavesNothingSent() throws Exception {
    desk.fallback = bridge(new FallbackBridge.Result.Failed("it answered 500", false));
    assertThat(desk.service().send(Desk.text("7", null)))
        .isEqualTo(new SendAnswer.FallbackFailed("it answered 500", false));
    assertThat(desk.written()).isEmpty();

    desk.fallback = bridge(new FallbackBridge.Result.Failed("no answer", true));
    assertThat(desk.service().send(Desk.text("7", null)))
        .isEqualTo(new SendAnswer.FallbackFailed("no answer", true));
    assertThat(desk.outcomes()).containsExactly("Unknown");
  }

  @Test
  void aNumberWithoutAChannelCannotBeForced() throws Exception {
    assertThat(desk.service().send(Desk.submission("{\"to\":\"1\"}", true, null)))
        .isInstanceOfSatisfying(
            SendAnswer.Unavailable.class,
            it -> assertThat(it.cause()).isEqualTo(SendAnswer.Cause.NO_FALLBACK_CHANNEL));
    assertThat(upstream.got()).isEmpty();
  }

  /// The contact 7 is on it.
  private static MessagingPorts.Fallback bridge(FallbackBridge.Result result) {
    return new MessagingPorts.Fallback(
        new FakeBridge(result), (_, _, to) -> "7".equals(to.waId()) ? Via.FALLBACK : Via.WHATSAPP);
  }

  private record FakeBridge(FallbackBridge.Result result) implements FallbackBridge {
    @Override
    public boolean serves(WorkspaceId workspace, String phoneNumberId) {
      return true;
    }

    @Override
    public Result send(dev.chasqui.model.EventId id, Submission submission) {
      return result;
    }
  }

  /// A port on which nobody listens, and nobody will.
  private record ClosedPort(java.net.ServerSocket socket) implements AutoCloseable {
    static ClosedPort take() throws java.io.IOException {
      java.net.ServerSocket socket =
          new java.net.ServerSocket(0, 1, java.net.InetAddress.ofLiteral("127.0.0.1"));
      socket.close();
      return new ClosedPort(socket);
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    @Override
    public void close() throws java.io.IOException {
      socket.close();
    }
  }
}
