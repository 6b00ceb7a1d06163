package dev.chasqui.ingress;

import dev.chasqui.http.server.BlockingHandler;
import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers Meta's GET handshake (reference: Meta's page on webhook endpoints; seed 003): 200 and
/// the raw challenge as plain text, or 400 with a fixed body. No signature is asked for.
final class AnswerHandshake implements BlockingHandler {

  private static final System.Logger LOG = System.getLogger(AnswerHandshake.class.getName());

  private final String source;
  private final DoorKeeper door;
  private final Clock clock;

  AnswerHandshake(String source, DoorKeeper door, Clock clock) {
    this.source = source;
    this.door = door;
    this.clock = clock;
  }

  @Override
  public Response handle(Request request) {
    WorkspaceId workspace = door.workspace(request);
    if (workspace == null) {
      return Answers.error(404, "no_such_workspace");
    }
    Query query = request.query();
    String problem = problem(workspace, query);
    door.events().handshake(source, problem == null);
    if (problem != null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "handshake on " + source + " of workspace " + workspace + " refused: " + problem);
      return Answers.error(400, "verification_failed");
    }
    LOG.log(
        System.Logger.Level.INFO, "handshake on " + source + " of workspace " + workspace + ": ok");
    String challenge = query.first("hub.challenge");
    return Response.text(200, challenge == null ? "" : challenge)
        .with("X-Content-Type-Options", "nosniff");
  }

  /// What is wrong with a handshake, null if nothing is; never names a token.
  private @Nullable String problem(WorkspaceId workspace, Query query) {
    String token = query.first("hub.verify_token");
    List<String> active = door.workspaces().verifyTokens(workspace, clock.instant());
    if (!"subscribe".equals(query.first("hub.mode"))) {
      return "hub.mode is not subscribe";
    }
    if (query.first("hub.challenge") == null) {
      return "hub.challenge is missing";
    }
    if (active.isEmpty()) {
      return "the secret meta-verify-token is not set";
    }
    if (token == null || !isOneOf(active, token)) {
      return token == null ? "hub.verify_token is missing" : "hub.verify_token does not match";
    }
    return null;
  }

  private static boolean isOneOf(List<String> active, String token) {
    boolean found = false;
    for (String candidate : active) {
      found |=
          MessageDigest.isEqual(
              candidate.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
    return found;
  }
}
