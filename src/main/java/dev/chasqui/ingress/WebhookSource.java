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

/// A source of webhooks: it finds out whose a request is, checks its proof, and reads its body.
interface WebhookSource {

  /// The source label.
  String source();

  /// Checks a request; null if its path names no workspace, account or channel.
  @Nullable SourceCheck check(Request request, Instant now);

  /// Whether a request's head alone shows that nothing will prove who it is, whatever its body
  /// says.
  default boolean lacksProof(Request head) {
    return false;
  }

  /// The answer to a path that names no workspace, account or channel.
  Response notFound(Request request);

  /// Whether the request could prove nothing because no secret is set.
  ///
  /// @param check of a request that proved nothing
  boolean lacksSecret(SourceCheck check, Instant now);

  /// What the body holds.
  Summary summary(Request request, SourceCheck check, Instant now);

  /// What is answered to a request that is recorded and not processed.
  ///
  /// @param reason a word of [WebhookAnswers]
  /// @param isUnproven whether nothing proved who it is
  default Response rejected(String reason, boolean isUnproven, Receipt receipt) {
    return WebhookAnswers.rejected(isUnproven ? 401 : 200, reason, receipt);
  }

  /// The query as it is recorded.
  String recorded(Query query);

  /// What the check of a request found.
  ///
  /// @param isSigned whether an active secret made the signature
  /// @param channelOrigin the channel of a sender other than Meta, null for Meta
  record SourceCheck(
      WorkspaceId workspace, boolean isSigned, Fact.@Nullable ChannelOrigin channelOrigin) {

    /// Whether it proved its sender, in a way that the account takes.
    boolean isProven() {
      return isSigned || (channelOrigin != null && channelOrigin.authentication() != null);
    }
  }
}
