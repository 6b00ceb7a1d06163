package dev.chasqui.ingress;

import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.ingress.Answers.Receipt;
import dev.chasqui.journal.Fact;
import dev.chasqui.model.Summary;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What differs between the doors: whose a request is, how it proves that, what its body says.
interface SourceDoor {

  /// The source label.
  String source();

  /// Who came, null if the path leads to nobody.
  @Nullable Visit visit(Request request, Instant now);

  /// Whether a request's head alone shows that nothing will prove who it is, whatever its body
  /// says.
  default boolean lacksProof(Request head) {
    return false;
  }

  /// What is answered to a path that leads to nobody.
  Response nobody(Request request);

  /// Whether no secret is set that could prove anybody.
  ///
  /// @param visit of somebody who proved nothing
  boolean lacksSecret(Visit visit, Instant now);

  /// What the body holds.
  Summary summary(Request request, Visit visit, Instant now);

  /// What is answered to a request that is recorded and not processed.
  ///
  /// @param reason a word of [Answers]
  /// @param isUnproven whether nothing proved who it is
  default Response rejected(String reason, boolean isUnproven, Receipt receipt) {
    return Answers.rejected(isUnproven ? 401 : 200, reason, receipt);
  }

  /// The query as it is recorded.
  String recorded(Query query);

  /// Who came.
  ///
  /// @param isSigned whether an active secret made the signature
  /// @param passage how a sender other than Meta came in, null for Meta
  record Visit(WorkspaceId workspace, boolean isSigned, Fact.@Nullable Passage passage) {

    /// Whether it proved who it is, in whichever way its account asks for.
    boolean isProven() {
      return isSigned || (passage != null && passage.authentication() != null);
    }
  }
}
