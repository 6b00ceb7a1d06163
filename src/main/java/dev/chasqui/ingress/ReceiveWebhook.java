package dev.chasqui.ingress;

import dev.chasqui.http.server.LoopHandler;
import dev.chasqui.http.server.Reply;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.ingress.IngressEvents.Guarded;
import dev.chasqui.ingress.WebhookAnswers.Receipt;
import dev.chasqui.ingress.WebhookSource.SourceCheck;
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
/// for all senders; what differs is the [WebhookSource]. Runs on the event loop; the answer is sent
/// when the journal's commit is done.
///
/// Nothing is answered 200 that is not on disk: every path to an answer of 200 goes through a
/// [Appended.Durable]. A repeat waits for the first of its kind, so that it is never told ids that
/// may not exist after a crash.
final class ReceiveWebhook implements LoopHandler {

  private static final String DELIVERY_ID = "X-Meta-Delivery-Id";
  private static final int DELIVERY_ID_CHARS = 256;
  private static final long RETRY_AFTER_SECONDS = 5;

  /// The bytes of a record beside the request's own.
  private static final long RECORD_BYTES = 256;

  private final String source;
  private final WebhookSource webhookSource;
  private final IngressEvents events;
  private final IngressParts parts;

  ReceiveWebhook(WebhookSource webhookSource, IngressEvents events, IngressParts parts) {
    this.source = webhookSource.source();
    this.webhookSource = webhookSource;
    this.events = events;
    this.parts = parts;
  }

  @Override
  public void handle(Request request, Reply reply) {
    Instant now = parts.clock().instant();
    SourceCheck check = webhookSource.check(request, now);
    if (check == null) {
      boolean isAdmitted = parts.guard().admitsGuess(request.source());
      reply.send(isAdmitted ? webhookSource.notFound(request) : limited(Guarded.UNKNOWN_PATH));
      return;
    }
    boolean trusted = check.isProven() || isMocked(check.workspace());
    Guarded tooMuch =
        trusted
            ? null
            : parts.guard().refusal(request.source(), storedBytes(request), reserved(request));
    if (tooMuch != null) {
      reply.send(limited(tooMuch));
      return;
    }
    Summary summary = webhookSource.summary(request, check, now);
    boolean processed = trusted && summary.topic().isEnvelope();
    boolean lacksSecret = !trusted && webhookSource.lacksSecret(check, now);
    Fact.Verdicts verdicts = new Fact.Verdicts(check.isSigned(), processed, summary, lacksSecret);
    WebhookReceived fact = fact(check, request, verdicts, now);
    if (DedupWindow.isKnownOnArrival(fact)) {
      enter(fact, reply);
      return;
    }
    parts
        .journal()
        .append(
            fact,
            result -> {
              if (!trusted && result instanceof Appended.Durable(long position)) {
                parts.guard().quota().keep(position, storedBytes(request));
              }
              answer(fact, result, reply);
            });
  }

  /// A large body that nothing can prove is not read when there is no room for it.
  @Override
  public @Nullable Response refusal(Request head, long announced) {
    if (!webhookSource.lacksProof(head)) {
      return null;
    }
    SourceCheck check = webhookSource.check(head, parts.clock().instant());
    if (check != null && isMocked(check.workspace())) {
      return null;
    }
    long bytes = announced < 0 ? longestUntold() : announced;
    Guarded tooMuch = parts.guard().reserve(head.source(), bytes);
    return tooMuch == null ? null : limited(tooMuch);
  }

  /// The room that was reserved for a request when only its head had arrived.
  private long reserved(Request request) {
    if (!webhookSource.lacksProof(request)) {
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
    return Math.min(parts.settings().maxBodyBytes(), parts.guard().longestOfAddress());
  }

  /// About what a request takes in the journal.
  private static long storedBytes(Request request) {
    long[] bytes = {RECORD_BYTES + request.body().length() + request.query().raw().length()};
    request.headers().forEach((name, value) -> bytes[0] += name.length() + value.length());
    return bytes[0];
  }

  private Response limited(Guarded why) {
    events.guarded(source, why);
    return WebhookAnswers.errorWithRetry(429, "rate_limited", parts.guard().retryAfterSeconds());
  }

  private boolean isMocked(WorkspaceId workspace) {
    return parts.settings().mock().contains(workspace);
  }

  private WebhookReceived fact(
      SourceCheck check, Request request, Fact.Verdicts verdicts, Instant now) {
    String deliveryId = request.headers().first(DELIVERY_ID);
    boolean usable = deliveryId != null && deliveryId.length() <= DELIVERY_ID_CHARS;
    return new WebhookReceived(
        new EventId(parts.ids().next()),
        now,
        new Fact.Origin(
            check.workspace(), source, usable ? deliveryId : null, check.channelOrigin()),
        verdicts,
        new Fact.Head(
            RecordedHeaders.of(request.headers()), webhookSource.recorded(request.query())),
        BodyKey.sha256(request.body()),
        request.body());
  }

  private void enter(WebhookReceived fact, Reply reply) {
    String deliveryId = fact.origin().deliveryId();
    if (deliveryId == null || !parts.settings().dedup().byDeliveryId()) {
      enterByBody(fact, reply, null);
      return;
    }
    BodyKey key = BodyKey.ofDelivery(fact.origin(), deliveryId);
    FirstPost post = new FirstPost(fact.eventId());
    FirstPost earlier = parts.window().enter(key, post);
    if (earlier == null) {
      enterByBody(fact, reply, new Claim(key, post));
    } else {
      earlier.whenSettled(refusal -> repeat(earlier, fact, refusal, reply));
    }
  }

  /// A delivery id that a post is the first to bring.
  private record Claim(BodyKey key, FirstPost post) {}

  private void enterByBody(WebhookReceived fact, Reply reply, @Nullable Claim claim) {
    BodyKey key = BodyKey.of(fact.origin(), fact.bodySha256());
    FirstPost post = new FirstPost(fact.eventId());
    FirstPost earlier = parts.window().enter(key, post);
    if (earlier != null) {
      earlier.whenSettled(
          refusal -> {
            giveUp(claim, earlier, refusal);
            repeat(earlier, fact, refusal, reply);
          });
      return;
    }
    parts
        .journal()
        .append(
            fact,
            result -> {
              Reason refusal = result instanceof Appended.Refused(Reason reason) ? reason : null;
              parts.window().settle(key, post, refusal);
              if (claim != null) {
                parts.window().settle(claim.key(), claim.post(), refusal);
              }
              answer(fact, result, reply);
            });
  }

  private void giveUp(@Nullable Claim claim, FirstPost earlier, @Nullable Reason refusal) {
    if (claim == null) {
      return;
    }
    if (refusal == null) {
      parts.window().settleAs(claim.key(), claim.post(), earlier.eventId());
    } else {
      parts.window().settle(claim.key(), claim.post(), refusal);
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
    parts
        .journal()
        .append(
            sighting,
            result -> {
              switch (result) {
                case Appended.Refused(Reason reason) -> refuse(reason, reply);
                case Appended.Durable _ -> {
                  events.duplicate(source);
                  reply.send(WebhookAnswers.accepted(receipt(first.eventId(), fact, true)));
                }
              }
            });
  }

  private void answer(WebhookReceived fact, Appended result, Reply reply) {
    switch (result) {
      case Appended.Refused(Reason reason) -> refuse(reason, reply);
      case Appended.Durable _ when fact.verdicts().processed() -> {
        events.accepted(source, fact.verdicts().summary().topic());
        reply.send(WebhookAnswers.accepted(receipt(fact.eventId(), fact, false)));
      }
      case Appended.Durable _ -> reject(fact, reply);
    }
  }

  private void reject(WebhookReceived fact, Reply reply) {
    Fact.Origin in = fact.origin();
    SourceCheck check =
        new SourceCheck(in.workspace(), fact.verdicts().signatureValid(), in.channelOrigin());
    boolean trusted = check.isProven() || isMocked(in.workspace());
    String unproven =
        fact.verdicts().lacksSecret() ? WebhookAnswers.NO_SECRET : WebhookAnswers.INVALID_SIGNATURE;
    String reason = trusted ? fact.verdicts().summary().topic().wire() : unproven;
    boolean is401 = !trusted && parts.settings().rejectInvalid().contains(source);
    events.rejected(in.workspace(), source, reason);
    reply.send(webhookSource.rejected(reason, is401, receipt(fact.eventId(), fact, false)));
  }

  private void refuse(Reason reason, Reply reply) {
    events.unavailable(source, reason.name());
    reply.send(WebhookAnswers.errorWithRetry(503, "unavailable", RETRY_AFTER_SECONDS));
  }

  private Receipt receipt(EventId eventId, WebhookReceived fact, boolean duplicate) {
    long high = (parts.random().nextLong() & ~0xF000L) | 0x4000L;
    long low = (parts.random().nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new Receipt(
        new UUID(high, low),
        eventId,
        fact.verdicts().signatureValid(),
        duplicate,
        fact.verdicts().summary());
  }
}
