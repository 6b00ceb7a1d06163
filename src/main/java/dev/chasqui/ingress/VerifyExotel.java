package dev.chasqui.ingress;

import dev.chasqui.dialect.exotel.ExotelVerification;
import dev.chasqui.http.server.LoopHandler;
import dev.chasqui.http.server.Reply;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.SourceAccount;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Answers Exotel's verification by POST with the challenge that it brings; all else is a callback.
/// Nothing of a verification is recorded.
final class VerifyExotel implements LoopHandler {

  private static final System.Logger LOG = System.getLogger(VerifyExotel.class.getName());

  private final AccountWebhooks exotel;
  private final SourceContext context;
  private final LoopHandler callbacks;

  /// @param callbacks takes what is no verification
  VerifyExotel(AccountWebhooks exotel, SourceContext context, LoopHandler callbacks) {
    this.exotel = exotel;
    this.context = context;
    this.callbacks = callbacks;
  }

  @Override
  public void handle(Request request, Reply reply) {
    ExotelVerification asked =
        ExotelVerification.of(request.body(), request.headers().first("Content-Type"));
    SourceAccount account = asked == null ? null : exotel.account(request);
    if (asked == null || account == null) {
      callbacks.handle(request, reply);
      return;
    }
    String given = String.valueOf(asked.verifyToken());
    if (!context.logins().admits(request.source(), given)) {
      long seconds = context.logins().retryAfterSeconds(request.source(), given);
      reply.send(WebhookAnswers.errorWithRetry(429, "rate_limited", seconds));
      return;
    }
    boolean isVerified = isRight(asked.verifyToken(), account.access().verifyToken());
    if (!isVerified) {
      context.logins().failed(request.source(), given);
    }
    context.events().handshake(exotel.source(), isVerified);
    LOG.log(
        isVerified ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
        "verification on exotel " + (isVerified ? "answered" : "refused: verify_token is wrong"));
    reply.send(
        isVerified ? answer(asked.challenge()) : WebhookAnswers.error(400, "verification_failed"));
  }

  /// A verification is small.
  @Override
  public @Nullable Response refusal(Request head, long announced) {
    return callbacks.refusal(head, announced);
  }

  /// A token that is given must be right; Exotel's guide shows verifications that give none.
  private static boolean isRight(@Nullable String given, @Nullable String wanted) {
    if (given == null) {
      return true;
    }
    return wanted != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
  }

  private static Response answer(String challenge) {
    JsonWriter json = new JsonWriter(64).beginObject();
    json.name("challenge").text(challenge).endObject();
    return Response.json(200, json.bytes()).with("X-Content-Type-Options", "nosniff");
  }
}
