package dev.chasqui.api.turn;

import dev.chasqui.http.server.Header;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonBody;
import dev.chasqui.messaging.MessageSender;
import dev.chasqui.messaging.SendAnswer;
import dev.chasqui.messaging.Submission;
import dev.chasqui.messaging.UpstreamAnswer;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Sending;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/messages`: sends one message and waits for what becomes of it; marks one as read.
public final class MessageCalls implements TurnPart {

  /// Of a message; a shared contact's picture stands in it.
  private static final int MAX_BODY_BYTES = 1 << 20;

  private static final int MAX_READ_BYTES = 64 << 10;
  private static final int MAX_ID = 512;
  private static final String KEY = "Idempotency-Key";
  private static final String FALLBACK = "x-turn-fallback-channel";
  private static final String TYPING = "typing_indicator";

  private final MessageSender sends;
  private final Marks marks;
  private final ContactCheck contactCheck;
  private final Claims claims;
  private final OnPremisesCodes codes;

  /// @param sends sends messages
  /// @param marks marks inbound messages upstream
  public MessageCalls(
      MessageSender sends,
      Marks marks,
      ContactCheck contactCheck,
      Claims claims,
      OnPremisesCodes codes) {
    this.codes = codes;
    this.sends = sends;
    this.marks = marks;
    this.contactCheck = contactCheck;
    this.claims = claims;
  }

  /// Posts a document to the number's `messages` upstream that is no message.
  @FunctionalInterface
  public interface Marks {
    /// @param version null for the setting's
    UpstreamAnswer post(
        WorkspaceId workspace, String phoneNumberId, @Nullable String version, Bytes document)
        throws InterruptedException;
  }

  @Override
  public void addTo(TurnRoutes routes) {
    routes.add("POST", "/v1/messages", MAX_BODY_BYTES, RateBucket.TEXT, this::post);
    routes.add("PUT", "/v1/messages/{id}", MAX_READ_BYTES, this::put);
  }

  private Response post(TurnCall call) throws InterruptedException {
    JsonBody body = call.body();
    MessageRules.check(body);
    String key = call.header(KEY);
    if (key != null && !Submission.isKey(key)) {
      body.problem(KEY, "must have at most " + Submission.MAX_KEY + " characters");
    }
    TurnCall.check(body);
    Submission submission = submission(call, Recipient.normal((ObjectNode) body.node()), key);
    claims.heed(call, submission.content().payload());
    SendAnswer answer = sends.send(submission);
    return contactCheck.marked(call, submission, answer, MessageAnswer.of(codes.told(answer)));
  }

  private static Submission submission(TurnCall call, ObjectNode payload, @Nullable String key) {
    TurnCaller caller = call.caller();
    return new Submission(
        caller.workspace(),
        caller.phoneNumberId(),
        new Sending.Author(
            caller.kind().name().toLowerCase(Locale.ROOT), caller.token().toString()),
        new Submission.Content(payload, call.document(), headers(call)),
        new Submission.Options(call.isSwitchedOn(FALLBACK), key, null));
  }

  /// As received; credentials are left out where they are recorded.
  private static List<Submission.Header> headers(TurnCall call) {
    return call.request().headers().list().stream().map(MessageCalls::header).toList();
  }

  private static Submission.Header header(Header header) {
    return new Submission.Header(header.name(), header.value());
  }

  private Response put(TurnCall call) throws InterruptedException {
    String id = call.request().parameter("id");
    JsonBody body = call.body();
    String status = body.required("status");
    if (!status.isBlank() && !status.equals("read")) {
      body.problem("status", "must be read");
    }
    if (id.length() > MAX_ID) {
      body.problem("id", "must have at most " + MAX_ID + " characters");
    }
    var _ = body.object(TYPING);
    TurnCall.check(body);
    TurnCaller caller = call.caller();
    ObjectNode mark = mark(id, body.node().path(TYPING));
    return marked(marks.post(caller.workspace(), caller.phoneNumberId(), null, Json.bytes(mark)));
  }

  private static ObjectNode mark(String id, JsonNode typing) {
    ObjectNode mark = Json.object();
    mark.put("messaging_product", "whatsapp").put("status", "read").put("message_id", id);
    if (typing.isObject()) {
      mark.set(TYPING, typing);
    }
    return mark;
  }

  /// A mark can be set again, so an outcome that nobody knows is simply repeated.
  private static Response marked(UpstreamAnswer answer) {
    return switch (answer) {
      case UpstreamAnswer.Done _, UpstreamAnswer.Accepted _ -> TurnAnswer.done();
      case UpstreamAnswer.Refused refused ->
          MessageAnswer.refused(refused.status(), refused.fault(), refused.retryAfter());
      case UpstreamAnswer.Unreached unreached ->
          MessageAnswer.unavailable(unreached.cause(), unreached.reason(), 1);
      case UpstreamAnswer.Unknown unknown ->
          MessageAnswer.own(504, "Outcome unknown", "try again: " + unknown.why());
    };
  }
}
