package dev.chasqui.api.graph;

import dev.chasqui.json.Json;
import dev.chasqui.messaging.SendAnswer;
import dev.chasqui.messaging.Submission;
import dev.chasqui.messaging.UpstreamAnswer;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Stands in for the message service: keeps what it is given and answers what it is told to.
final class FakeMessages {

  static final EventId SUBMISSION = new EventId(new Ulid(1, 2));

  static final String UPSTREAMS_ANSWER =
      "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"51900000001\","
          + "\"wa_id\":\"51900000001\"}],\"messages\":[{\"id\":\"wamid.1\"}],\"more\": [1, 2]}";

  final List<Submission> sent = new CopyOnWriteArrayList<>();
  final List<String> posted = new CopyOnWriteArrayList<>();
  volatile SendAnswer answer = accepted(Via.WHATSAPP, false);
  volatile UpstreamAnswer posts = new UpstreamAnswer.Done(Bytes.utf8("{\"success\": true}"));

  GraphApi.Messaging messaging() {
    return new GraphApi.Messaging(this::send, this::post);
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

  private SendAnswer send(Submission submission) {
    sent.add(submission);
    return answer;
  }

  private UpstreamAnswer post(
      WorkspaceId workspace, String number, @Nullable String version, ObjectNode document) {
    posted.add(workspace + " " + number + " " + version + " " + Json.text(document));
    return posts;
  }
}
