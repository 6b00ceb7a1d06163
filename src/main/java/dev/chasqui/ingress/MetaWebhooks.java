package dev.chasqui.ingress;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.Summary;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Meta's webhooks: the path names a workspace, and its app secret signs the raw bytes.
final class MetaWebhooks implements WebhookSource {

  private static final String SIGNATURE = "X-Hub-Signature-256";

  // Nearly all checks end with one of these two; nothing is allocated for them.
  private static final SourceCheck SIGNED = new SourceCheck(WorkspaceId.DEFAULT, true, null);
  private static final SourceCheck UNSIGNED = new SourceCheck(WorkspaceId.DEFAULT, false, null);

  private final String source;
  private final SourceContext context;

  MetaWebhooks(String source, SourceContext context) {
    this.source = source;
    this.context = context;
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public @Nullable SourceCheck check(Request request, Instant now) {
    WorkspaceId workspace = context.workspace(request);
    if (workspace == null) {
      return null;
    }
    boolean isSigned = isSigned(workspace, request, now);
    if (workspace.equals(WorkspaceId.DEFAULT)) {
      return isSigned ? SIGNED : UNSIGNED;
    }
    return new SourceCheck(workspace, isSigned, null);
  }

  @Override
  public boolean lacksProof(Request head) {
    return head.headers().first(SIGNATURE) == null;
  }

  private boolean isSigned(WorkspaceId workspace, Request request, Instant now) {
    String header = request.headers().first(SIGNATURE);
    return header != null
        && Signatures.verify(
            context.workspaces().signingKeys(workspace, now), request.body(), header);
  }

  @Override
  public boolean lacksSecret(SourceCheck check, Instant now) {
    return context.workspaces().signingKeys(check.workspace(), now).isEmpty();
  }

  @Override
  public Response notFound(Request request) {
    return WebhookAnswers.error(404, "no_such_workspace");
  }

  @Override
  public Summary summary(Request request, SourceCheck check, Instant now) {
    return EnvelopeScanner.scan(request.body()).summary();
  }

  @Override
  public String recorded(Query query) {
    return query.raw();
  }
}
