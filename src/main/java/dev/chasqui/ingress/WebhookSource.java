package dev.chasqui.ingress;

import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.ingress.WebhookAnswers.Receipt;
import dev.chasqui.journal.Fact;
import dev.chasqui.model.Summary;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A source of webhooks. It finds the workspace and channel of a request, checks its
/// authentication, and reads its body.
interface WebhookSource {

  /// The source's name in metrics and in what is recorded.
  String source();

  /// Checks a request; null if its path names no workspace, account or channel.
  @Nullable SourceCheck check(Request request, Instant now);

  /// True if the head alone shows that the request cannot be authenticated, whatever its body
  /// holds; then the body need not be read.
  default boolean lacksProof(Request head) {
    return false;
  }

  /// The answer to a path that names no workspace, account or channel.
  Response notFound(Request request);

  /// True if the request could not be authenticated because no secret is set.
  ///
  /// @param check the check of a request that failed authentication
  boolean lacksSecret(SourceCheck check, Instant now);

  /// The counts and topic of the body, read once when the request is received.
  Summary summary(Request request, SourceCheck check, Instant now);

  /// The answer to a request that is recorded and not processed.
  ///
  /// @param reason a word of [WebhookAnswers]
  /// @param isUnproven whether authentication failed
  default Response rejected(String reason, boolean isUnproven, Receipt receipt) {
    return WebhookAnswers.rejected(isUnproven ? 401 : 200, reason, receipt);
  }

  /// The query string to record. A source that takes secrets in the query leaves them out.
  String recorded(Query query);

  /// The result of checking a request.
  ///
  /// @param isSigned whether an active secret made the signature
  /// @param channelOrigin the channel of a sender other than Meta, null for Meta
  record SourceCheck(
      WorkspaceId workspace, boolean isSigned, Fact.@Nullable ChannelOrigin channelOrigin) {

    /// True if it is authenticated in a way that the account accepts.
    boolean isProven() {
      return isSigned || (channelOrigin != null && channelOrigin.authentication() != null);
    }
  }
}
