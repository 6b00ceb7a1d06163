package dev.chasqui.ingress;

import dev.chasqui.http.server.LoopHandler;
import dev.chasqui.http.server.Reply;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.ingress.Answers.Receipt;
import dev.chasqui.ingress.IngressEvents.Guarded;
import dev.chasqui.ingress.SourceDoor.Visit;
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

/// Takes in a webhook's POST: proof of who sent it, summary, one durable record, answer. The same
/// for all senders; what differs is the [SourceDoor]. Runs on the event loop; the answer is sent
/// when the journal's commit is done.
///
/// Nothing is answered 200 that is not on disk: every path to an answer of 200 goes through a
/// [Appended.Durable]. A repeat waits for the first of its kind, so that it is never told ids that
/// may not exist after a crash.
final class ReceiveWebhook implements LoopHandler {

  private static final String DELIVERY_ID = "X-Meta-Delivery-Id";
  private static final int DELIVERY_ID_CHARS = 256;
  private static final long RETRY_AFTER_SECONDS = 5;

  /// What a record takes beside the request's own bytes.
  private static final long RECORD_BYTES = 256;

  private final String source;
  private final SourceDoor door;
  private final IngressEvents events;
  private final Entrance entrance;

  ReceiveWebhook(SourceDoor door, IngressEvents events, Entrance entrance) {
    this.source = door.source();
    this.door = door;
    this.events = events;
    this.entrance = entrance;
  }

  @Override
  public void handle(Request request, Reply reply) {
    Instant now = entrance.clock().instant();
    Visit visit = door.visit(request, now);
    if (visit == null) {
      boolean isAdmitted = entrance.guard().admitsGuess(request.source());
      reply.send(isAdmitted ? door.nobody(request) : limited(Guarded.UNKNOWN_PATH));
      return;
    }
    boolean trusted = visit.isProven() || isMocked(visit.workspace());
    Guarded tooMuch =
        trusted
            ? null
            : entrance.guard().refusal(request.source(), storedBytes(request), reserved(request));
    if (tooMuch != null) {
      reply.send(limited(tooMuch));
      return;
    }
    Summary summary = door.summary(request, visit, now);
    boolean processed = trusted && summary.topic().isEnvelope();
    boolean lacksSecret = !trusted && door.lacksSecret(visit, now);
    Fact.Verdicts verdicts = new Fact.Verdicts(visit.isSigned(), processed, summary, lacksSecret);
    WebhookReceived fact = fact(visit, request, verdicts, now);
    if (DedupWindow.isKnownAtTheDoor(fact)) {
      enter(fact, reply);
      return;
    }
    entrance
        .journal()
        .append(
            fact,
            result -> {
              if (!trusted && result instanceof Appended.Durable(long position)) {
                entrance.guard().room().keep(position, storedBytes(request));
              }
              answer(fact, result, reply);
            });
  }

  /// A large body that nothing can prove is not read when there is no room for it.
  @Override
  public @Nullable Response refusal(Request head, long announced) {
    if (!door.lacksProof(head)) {
      return null;
    }
    Visit visit = door.visit(head, entrance.clock().instant());
    if (visit != null && isMocked(visit.workspace())) {
      return null;
    }
    long bytes = announced < 0 ? longestUntold() : announced;
    Guarded tooMuch = entrance.guard().reserve(head.source(), bytes);
    return tooMuch == null ? null : limited(tooMuch);
  }

  /// What was reserved for a request when only its head was here.
  private long reserved(Request request) {
    if (!door.lacksProof(request)) {
      return 0;
    }
    if (request.headers().first("Transfer-Encoding") != null) {
      return longestUntold();
    }
    int length = request.body().length();
    return length > SMALL_BODY_BYTES ? length : 0;
  }

  /// How long a body may become whose length is not told.
  private long longestUntold() {
    return Math.min(entrance.settings().maxBodyBytes(), entrance.guard().longestOfAddress());
  }

  /// About what a request takes in the journal.
  private static long storedBytes(Request request) {
    long[] bytes = {RECORD_BYTES + request.body().length() + request.query().raw().length()};
    request.headers().forEach((name, value) -> bytes[0] += name.length() + value.length());
    return bytes[0];
  }

  private Response limited(Guarded why) {
    events.guarded(source, why);
    return Answers.errorWithRetry(429, "rate_limited", entrance.guard().retryAfterSeconds());
  }

  private boolean isMocked(WorkspaceId workspace) {
    return entrance.settings().mock().contains(workspace);
  }

  private WebhookReceived fact(Visit visit, Request request, Fact.Verdicts verdicts, Instant now) {
    String deliveryId = request.headers().first(DELIVERY_ID);
    boolean usable = deliveryId != null && deliveryId.length() <= DELIVERY_ID_CHARS;
    return new WebhookReceived(
        new EventId(entrance.ids().next()),
        now,
        new Fact.Door(visit.workspace(), source, usable ? deliveryId : null, visit.passage()),
        verdicts,
        new Fact.Head(RecordedHeaders.of(request.headers()), door.recorded(request.query())),
        BodyKey.sha256(request.body()),
        request.body());
  }

  private void enter(WebhookReceived fact, Reply reply) {
    String deliveryId = fact.door().deliveryId();
    if (deliveryId == null || !entrance.settings().dedup().byDeliveryId()) {
      enterByBody(fact, reply, null);
      return;
    }
    BodyKey key = BodyKey.ofDelivery(fact.door(), deliveryId);
    FirstPost post = new FirstPost(fact.eventId());
    FirstPost earlier = entrance.window().enter(key, post);
    if (earlier == null) {
      enterByBody(fact, reply, new Claim(key, post));
    } else {
      earlier.whenSettled(refusal -> repeat(earlier, fact, refusal, reply));
    }
  }

  /// A delivery id that a post is the first to bring.
  private record Claim(BodyKey key, FirstPost post) {}

  private void enterByBody(WebhookReceived fact, Reply reply, @Nullable Claim claim) {
    BodyKey key = BodyKey.of(fact.door(), fact.bodySha256());
    FirstPost post = new FirstPost(fact.eventId());
    FirstPost earlier = entrance.window().enter(key, post);
    if (earlier != null) {
      earlier.whenSettled(
          refusal -> {
            giveUp(claim, earlier, refusal);
            repeat(earlier, fact, refusal, reply);
          });
      return;
    }
    entrance
        .journal()
        .append(
            fact,
            result -> {
              Reason refusal = result instanceof Appended.Refused(Reason reason) ? reason : null;
              entrance.window().settle(key, post, refusal);
              if (claim != null) {
                entrance.window().settle(claim.key(), claim.post(), refusal);
              }
              answer(fact, result, reply);
            });
  }

  private void giveUp(@Nullable Claim claim, FirstPost earlier, @Nullable Reason refusal) {
    if (claim == null) {
      return;
    }
    if (refusal == null) {
      entrance.window().settleAs(claim.key(), claim.post(), earlier.eventId());
    } else {
      entrance.window().settle(claim.key(), claim.post(), refusal);
    }
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
                  events.duplicate(source);
                  reply.send(Answers.accepted(receipt(first.eventId(), fact, true)));
                }
              }
            });
  }

  private void answer(WebhookReceived fact, Appended result, Reply reply) {
    switch (result) {
      case Appended.Refused(Reason reason) -> refuse(reason, reply);
      case Appended.Durable _ when fact.verdicts().processed() -> {
        events.accepted(source, fact.verdicts().summary().topic());
        reply.send(Answers.accepted(receipt(fact.eventId(), fact, false)));
      }
      case Appended.Durable _ -> reject(fact, reply);
    }
  }

  private void reject(WebhookReceived fact, Reply reply) {
    Fact.Door in = fact.door();
    Visit visit = new Visit(in.workspace(), fact.verdicts().signatureValid(), in.passage());
    boolean trusted = visit.isProven() || isMocked(in.workspace());
    String unproven = fact.verdicts().lacksSecret() ? Answers.NO_SECRET : Answers.INVALID_SIGNATURE;
    String reason = trusted ? fact.verdicts().summary().topic().wire() : unproven;
    boolean is401 = !trusted && entrance.settings().rejectInvalid().contains(source);
    events.rejected(source, reason);
    reply.send(door.rejected(reason, is401, receipt(fact.eventId(), fact, false)));
  }

  private void refuse(Reason reason, Reply reply) {
    events.unavailable(source, reason.name());
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
