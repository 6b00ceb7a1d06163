package dev.chasqui.api.turn;

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

/// Stands in for the message service: keeps what it is given and answers what it is told to.
final class FakeUpstream {

  static final EventId SUBMISSION = new EventId(new Ulid(1, 2));

  final List<Submission> sent = new CopyOnWriteArrayList<>();
  final List<String> marked = new CopyOnWriteArrayList<>();
  final List<String> switched = new CopyOnWriteArrayList<>();
  volatile OnPremisesCodes codes = OnPremisesCodes.OFF;
  volatile SendAnswer answer = accepted(Via.WHATSAPP, false);
  volatile UpstreamAnswer mark = new UpstreamAnswer.Done(Bytes.utf8("{\"success\":true}"));

  MessageCalls calls(Claims claims) {
    ContactCheck check = new ContactCheck((_, _, contact) -> switched.add(contact));
    return new MessageCalls(this::send, this::mark, check, claims, codes);
  }

  static SendAnswer accepted(Via via, boolean repeated) {
    return new SendAnswer.Accepted(
        SUBMISSION,
        "wamid.1",
        "+51 900000001",
        new Participant("51900000001", "PE.7", null),
        via,
        Bytes.utf8("{}"),
        repeated);
  }

  static SendAnswer refused(int status, long code, String title, @Nullable String details) {
    SendAnswer.Fault fault = new SendAnswer.Fault(code, title, "OAuthException", details, null);
    return new SendAnswer.Refused(SUBMISSION, status, fault, null, Bytes.EMPTY, false);
  }

  private SendAnswer send(Submission submission) {
    sent.add(submission);
    return answer;
  }

  private UpstreamAnswer mark(
      WorkspaceId workspace, String phoneNumberId, @Nullable String version, Bytes document) {
    marked.add(phoneNumberId + " " + document.toUtf8());
    return mark;
  }
}
