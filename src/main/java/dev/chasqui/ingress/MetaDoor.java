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

/// Meta's doors: a workspace in the path, its app secret's signature over the raw bytes.
final class MetaDoor implements SourceDoor {

  private static final String SIGNATURE = "X-Hub-Signature-256";

  // Nearly all visits are one of these two; nothing is allocated for them.
  private static final Visit SIGNED = new Visit(WorkspaceId.DEFAULT, true, null);
  private static final Visit UNSIGNED = new Visit(WorkspaceId.DEFAULT, false, null);

  private final String source;
  private final DoorKeeper door;

  MetaDoor(String source, DoorKeeper door) {
    this.source = source;
    this.door = door;
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public @Nullable Visit visit(Request request, Instant now) {
    WorkspaceId workspace = door.workspace(request);
    if (workspace == null) {
      return null;
    }
    boolean isSigned = isSigned(workspace, request, now);
    if (workspace.equals(WorkspaceId.DEFAULT)) {
      return isSigned ? SIGNED : UNSIGNED;
    }
    return new Visit(workspace, isSigned, null);
  }

  @Override
  public boolean lacksProof(Request head) {
    return head.headers().first(SIGNATURE) == null;
  }

  private boolean isSigned(WorkspaceId workspace, Request request, Instant now) {
    String header = request.headers().first(SIGNATURE);
    return header != null
        && Signatures.verify(door.workspaces().signingKeys(workspace, now), request.body(), header);
  }

  @Override
  public boolean lacksSecret(Visit visit, Instant now) {
    return door.workspaces().signingKeys(visit.workspace(), now).isEmpty();
  }

  @Override
  public Response nobody(Request request) {
    return Answers.error(404, "no_such_workspace");
  }

  @Override
  public Summary summary(Request request, Visit visit, Instant now) {
    return EnvelopeScanner.scan(request.body()).summary();
  }

  @Override
  public String recorded(Query query) {
    return query.raw();
  }
}
