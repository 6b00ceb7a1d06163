package dev.chasqui.ingress;

import dev.chasqui.dialect.Incoming;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.SourceDialect;
import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.ingress.FallbackSenders.Bearer;
import dev.chasqui.ingress.FallbackSenders.Bridge;
import dev.chasqui.ingress.WebhookAnswers.Receipt;
import dev.chasqui.journal.Fact;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.Summary;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Webhooks of fallback channels' bridges. The channel's name is also the only proof: its uuid in
/// the path, or a token of its phone number (seed 000). A bridge that signs as well is recorded as
/// signed.
final class FallbackWebhooks implements WebhookSource {

  static final String SOURCE = "fallback";
  static final String UUID = "uuid";

  private final SourceDialect dialect;
  private final String proof;
  private final Function<Request, Bearer> who;

  private FallbackWebhooks(SourceDialect dialect, String proof, Function<Request, Bearer> who) {
    this.dialect = dialect;
    this.proof = proof;
    this.who = who;
  }

  static FallbackWebhooks ofUuid(SourceDialect dialect, FallbackSenders bridges) {
    return new FallbackWebhooks(dialect, "channel-uuid", request -> ofPath(bridges, request));
  }

  static FallbackWebhooks ofToken(SourceDialect dialect, FallbackSenders bridges) {
    return new FallbackWebhooks(dialect, "token", request -> bridges.ofToken(request.headers()));
  }

  private static Bearer ofPath(FallbackSenders bridges, Request request) {
    Bridge bridge = bridges.ofUuid(request.parameter(UUID));
    return bridge == null
        ? new Bearer.Refused(WebhookAnswers.error(404, "no_such_channel"))
        : new Bearer.Known(bridge);
  }

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public @Nullable SourceCheck check(Request request, Instant now) {
    return switch (who.apply(request)) {
      case Bearer.Refused _ -> null;
      case Bearer.Known(Bridge bridge) ->
          new SourceCheck(
              bridge.workspace(),
              isSigned(bridge.secrets(), request),
              new Fact.ChannelOrigin(proof, bridge.channel()));
    };
  }

  private boolean isSigned(List<String> secrets, Request request) {
    String header = request.headers().first(dialect.signatureHeader());
    return header != null
        && dialect.isSigned(secrets.stream().map(SigningKey::of).toList(), request.body(), header);
  }

  /// Never true: the id that names the channel authenticates the request, so no secret can be
  /// missing.
  @Override
  public boolean lacksSecret(SourceCheck check, Instant now) {
    return false;
  }

  @Override
  public Response notFound(Request request) {
    return switch (who.apply(request)) {
      case Bearer.Refused(Response answer) -> answer;
      // It came into being since.
      case Bearer.Known _ -> WebhookAnswers.errorWithRetry(503, "unavailable", 1);
    };
  }

  @Override
  public Summary summary(Request request, SourceCheck check, Instant now) {
    SourceChannel channel = Objects.requireNonNull(check.channelOrigin()).channel();
    return AccountWebhooks.summary(
        dialect, new Incoming(request.body(), request.headers()::first, now, channel));
  }

  @Override
  public Response rejected(String reason, boolean isUnproven, Receipt receipt) {
    return WebhookAnswers.refused(reason, receipt);
  }

  @Override
  public String recorded(Query query) {
    return RecordedQuery.of(query);
  }
}
