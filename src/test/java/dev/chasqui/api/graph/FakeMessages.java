package dev.chasqui.api.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.media.MediaSettings;
import dev.chasqui.api.media.MediaUpstream;
import dev.chasqui.http.client.StreamCall;
import dev.chasqui.http.client.StreamResult;
import dev.chasqui.messaging.SendAnswer;
import dev.chasqui.messaging.Submission;
import dev.chasqui.messaging.UpstreamAccess;
import dev.chasqui.messaging.UpstreamAnswer;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Stands in for the message service: keeps what it is given and answers what it is told to.
final class FakeMessages {

  private static final StreamResult NO_FILES =
      new StreamResult.Failed(SendResult.Failure.CONNECT_FAILED, "no files here");

  static final EventId SUBMISSION = new EventId(new Ulid(1, 2));

  static final String UPSTREAMS_ANSWER =
      "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"51900000001\","
          + "\"wa_id\":\"51900000001\"}],\"messages\":[{\"id\":\"wamid.1\"}],\"more\": [1, 2]}";

  final List<Submission> sent = new CopyOnWriteArrayList<>();
  final List<String> uploads = new CopyOnWriteArrayList<>();
  final List<String> posted = new CopyOnWriteArrayList<>();
  volatile SendAnswer answer = accepted(Via.WHATSAPP, false);
  volatile UpstreamAnswer posts = new UpstreamAnswer.Done(Bytes.utf8("{\"success\": true}"));

  GraphApi.Messaging messaging() {
    return new GraphApi.Messaging(
        this::send,
        this::post,
        new MediaUpstream(
            new MediaUpstream.Ports(
                this::upload,
                _ -> NO_FILES,
                _ -> Optional.of(UpstreamAccess.of("EAA")),
                new SplittableRandom(1)),
            new MediaSettings(
                URI.create("http://127.0.0.1"),
                "v1.0",
                "test",
                1 << 20,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20))),
        new GraphApi.Passing(
            List.of(),
            "",
            1 << 16,
            (_, _) -> {},
            new GraphApi.Tickets(Clock.systemUTC(), text -> text)));
  }

  static SendAnswer accepted(Via via, boolean repeated) {
    return new SendAnswer.Accepted(
        SUBMISSION,
        "wamid.1",
        "+51 900000001",
        new Participant("51900000001", null, null),
        via,
        Bytes.utf8(via == Via.WHATSAPP ? UPSTREAMS_ANSWER : "{\"messages\":[{\"id\":\"sms-1\"}]}"),
        repeated);
  }

  /// Keeps the address and the body of what is taken up.
  private StreamResult upload(StreamCall call) throws InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    StreamCall.Upload upload = Objects.requireNonNull(call.upload());
    for (Bytes it = upload.pieces().next(); it != null; it = upload.pieces().next()) {
      body.writeBytes(it.toArray());
    }
    assertThat(body.size()).isEqualTo((int) upload.length());
    uploads.add(
        call.url().getRawPath()
            + "?"
            + call.url().getRawQuery()
            + "\n"
            + Bytes.of(body.toByteArray()).toUtf8());
    return NO_FILES;
  }

  private SendAnswer send(Submission submission) {
    sent.add(submission);
    return answer;
  }

  private UpstreamAnswer post(
      WorkspaceId workspace, String number, @Nullable String version, Bytes document) {
    posted.add(workspace + " " + number + " " + version + " " + document.toUtf8());
    return posts;
  }
}
