package dev.chasqui.ingress;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.http.server.LoopHandler;
import dev.chasqui.http.server.Reply;
import dev.chasqui.http.server.Request;
import dev.chasqui.ingress.Answers.Receipt;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Fact.WebhookReceived;
import dev.chasqui.journal.Journal.Appended;
import dev.chasqui.journal.Journal.Reason;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Summary;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes in Meta's POST: signature over the raw bytes, summary, one durable record, answer
/// (product.md 3). Runs on the event loop; the answer is sent when the journal's commit is done.
///
/// Nothing is answered 200 that is not on disk: every path to an answer of 200 goes through a
/// [Appended.Durable]. A repeat waits for the first of its kind, so that it is never told ids that
/// may not exist after a crash.
final class ReceiveWebhook implements LoopHandler {

  private static final String SIGNATURE = "X-Hub-Signature-256";
  private static final String DELIVERY_ID = "X-Meta-Delivery-Id";
  private static final int DELIVERY_ID_CHARS = 256;
  private static final long RETRY_AFTER_SECONDS = 5;

  private final String source;
  private final DoorKeeper door;
  private final Entrance entrance;

  ReceiveWebhook(String source, DoorKeeper door, Entrance entrance) {
    this.source = source;
    this.door = door;
    this.entrance = entrance;
  }

  @Override
  public void handle(Request request, Reply reply) {
    WorkspaceId workspace = door.workspace(request);
    if (workspace == null) {
      reply.send(Answers.error(404, "no_such_workspace"));
      return;
    }
    Instant now = entrance.clock().instant();
    boolean signed = isSigned(workspace, request, now);
    Summary summary = EnvelopeScanner.scan(request.body()).summary();
    boolean trusted = signed || entrance.settings().mock().contains(workspace);
    if (!trusted && !entrance.guard().admits(request.source())) {
      door.events().guarded(source);
      reply.send(Answers.errorWithRetry(429, "rate_limited", entrance.guard().retryAfterSeconds()));
      return;
    }
    boolean processed = trusted && summary.topic().isEnvelope();
    Fact.Verdicts verdicts = new Fact.Verdicts(signed, processed, summary);
    WebhookReceived fact = fact(workspace, request, verdicts, now);
    if (DedupWindow.isKnownAtTheDoor(fact)) {
      enter(fact, reply);
      return;
    }
    entrance.journal().append(fact, result -> answer(fact, result, reply));
  }

  private boolean isSigned(WorkspaceId workspace, Request request, Instant now) {
    String header = request.headers().first(SIGNATURE);
    return header != null
        && Signatures.verify(door.workspaces().signingKeys(workspace, now), request.body(), header);
  }

  private WebhookReceived fact(
      WorkspaceId workspace, Request request, Fact.Verdicts verdicts, Instant now) {
    String deliveryId = request.headers().first(DELIVERY_ID);
    boolean usable = deliveryId != null && deliveryId.length() <= DELIVERY_ID_CHARS;
    return new WebhookReceived(
        new EventId(entrance.ids().next()),
        now,
        new Fact.Door(workspace, source, usable ? deliveryId : null),
        verdicts,
        new Fact.Head(RecordedHeaders.of(request.headers()), request.query().raw()),
        BodyKey.of(workspace, request.body()).sha256(),
        request.body());
  }

  private void enter(WebhookReceived fact, Reply reply) {
    BodyKey key = new BodyKey(fact.door().workspace(), fact.bodySha256());
    FirstPost post = new FirstPost(fact.eventId());
    FirstPost earlier = entrance.window().enter(key, post);
    if (earlier != null) {
      earlier.whenSettled(refusal -> repeat(earlier, fact, refusal, reply));
      return;
    }
    entrance
        .journal()
        .append(
            fact,
            result -> {
              Reason refusal = result instanceof Appended.Refused(Reason reason) ? reason : null;
              if (refusal != null) {
                entrance.window().leave(key, post);
              }
              post.settle(refusal);
              answer(fact, result, reply);
            });
  }

  /// Answers a byte-identical repeat once its first post is settled.
  private void repeat(
      FirstPost first, WebhookReceived fact, @Nullable Reason refusal, Reply reply) {
    if (refusal != null) {
      refuse(refusal, reply);
      return;
    }
    Fact sighting = new Fact.DuplicateSeen(first.eventId(), fact.at());
    entrance
        .journal()
        .append(
            sighting,
            result -> {
              switch (result) {
                case Appended.Refused(Reason reason) -> refuse(reason, reply);
                case Appended.Durable _ -> {
                  door.events().duplicate(source);
                  reply.send(Answers.accepted(receipt(first.eventId(), fact, true)));
                }
              }
            });
  }

  private void answer(WebhookReceived fact, Appended result, Reply reply) {
    switch (result) {
      case Appended.Refused(Reason reason) -> refuse(reason, reply);
      case Appended.Durable _ when fact.verdicts().processed() -> {
        door.events().accepted(source, fact.verdicts().summary().topic());
        reply.send(Answers.accepted(receipt(fact.eventId(), fact, false)));
      }
      case Appended.Durable _ -> reject(fact, reply);
    }
  }

  private void reject(WebhookReceived fact, Reply reply) {
    boolean trusted =
        fact.verdicts().signatureValid()
            || entrance.settings().mock().contains(fact.door().workspace());
    String reason = trusted ? fact.verdicts().summary().topic().wire() : Answers.INVALID_SIGNATURE;
    boolean is401 = !trusted && entrance.settings().rejectInvalid().contains(source);
    door.events().rejected(source, reason);
    reply.send(Answers.rejected(is401 ? 401 : 200, reason, receipt(fact.eventId(), fact, false)));
  }

  private void refuse(Reason reason, Reply reply) {
    door.events().unavailable(source, reason.name());
    reply.send(Answers.errorWithRetry(503, "unavailable", RETRY_AFTER_SECONDS));
  }

  private Receipt receipt(EventId eventId, WebhookReceived fact, boolean duplicate) {
    long high = (entrance.random().nextLong() & ~0xF000L) | 0x4000L;
    long low = (entrance.random().nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new Receipt(
        new UUID(high, low),
        eventId,
        fact.verdicts().signatureValid(),
        duplicate,
        fact.verdicts().summary());
  }
}
