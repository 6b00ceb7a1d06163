package dev.chasqui.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.messaging.FallbackBridge.Result;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.FallbackChannel.Credential;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Tls;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.FallbackStore;
import dev.chasqui.store.OneStep;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class PostToBridgeTest {

  private static final EventId ID = new EventId(Ulid.of(Instant.EPOCH, 1, 2));
  private static final FallbackChannel CHANNEL =
      new FallbackChannel(
          WorkspaceId.DEFAULT,
          "1",
          URI.create("https://sms.example.com/"),
          List.of(Credential.of("s")),
          5,
          false,
          List.of(Credential.of("u")));

  private final List<Sender.Outbound> sent = new ArrayList<>();
  private final PostToBridge bridge =
      new PostToBridge(
          new Channels(),
          (workspace, userId) -> userId.equals("PE.1") ? Optional.of("51900") : Optional.empty(),
          new Recorder());

  private final class Recorder implements Sender {
    @Override
    public SendResult send(Outbound request) {
      sent.add(request);
      return new SendResult.Answered(
          200, null, Bytes.utf8("{\"messages\":[{\"id\":\"sms-1\"}]}"), Duration.ZERO);
    }

    @Override
    public Optional<String> objection(Tls tls) {
      return Optional.empty();
    }

    @Override
    public Optional<String> objection(URI url) {
      return Optional.empty();
    }
  }

  private static final class Channels implements FallbackStore {
    @Override
    public <T extends @Nullable Object, E extends Exception> T inOneStep(
        OneStep.Change<T, E> change) throws E {
      return change.make();
    }

    @Override
    public List<FallbackChannel> fallbackChannels() {
      return List.of(CHANNEL);
    }

    @Override
    public Optional<FallbackChannel> fallbackChannel(WorkspaceId workspace, String number) {
      boolean isIts = workspace.equals(CHANNEL.workspace()) && number.equals("1");
      return isIts ? Optional.of(CHANNEL) : Optional.empty();
    }

    @Override
    public void putFallbackChannel(FallbackChannel channel) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean deleteFallbackChannel(WorkspaceId workspace, String phoneNumberId) {
      throw new UnsupportedOperationException();
    }
  }

  private static Submission submission(String number, String json) {
    Bytes raw = Bytes.utf8(json);
    return new Submission(
        WorkspaceId.DEFAULT,
        number,
        new Sending.Author("api", "t1"),
        new Submission.Content((ObjectNode) Json.read(raw), raw, List.of()),
        Submission.Options.USUAL);
  }

  @Test
  void aNumberWithoutAChannelIsNotServed() throws InterruptedException {
    assertThat(bridge.serves(WorkspaceId.DEFAULT, "1")).isTrue();
    assertThat(bridge.serves(WorkspaceId.DEFAULT, "2")).isFalse();
    assertThat(bridge.serves(new WorkspaceId("other"), "1")).isFalse();
    assertThat(bridge.send(ID, submission("2", "{\"to\":\"51900\"}")))
        .isEqualTo(new Result.Failed("the phone number has no fallback channel", false));
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"to\":\"+51 900\"}",
        "{\"to\":\"51900\"}",
        "{\"recipient\":\"PE.1\"}",
        "{\"to\":\"PE.1\"}"
      })
  void aContactIsReachedByItsPhoneNumber(String payload) throws InterruptedException {
    assertThat(bridge.send(ID, submission("1", payload))).isInstanceOf(Result.Taken.class);
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().body().toUtf8())
        .containsAnyOf("\"to\":\"51900\"", "\"to\":\"+51 900\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"recipient\":\"PE.2\"}",
        "{\"to\":\"PE.2\"}",
        "{\"to\":\"5190012345\",\"recipient_type\":\"group\"}",
        "{}"
      })
  void aContactWithoutAPhoneNumberIsNeverPosted(String payload) throws InterruptedException {
    assertThat(bridge.send(ID, submission("1", payload)))
        .isEqualTo(
            new Result.Failed(
                "the contact has no phone number, which the fallback channel needs", false));
    assertThat(sent).isEmpty();
  }
}
