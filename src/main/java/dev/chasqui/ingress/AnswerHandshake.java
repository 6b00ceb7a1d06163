package dev.chasqui.ingress;

import dev.chasqui.http.server.BlockingHandler;
import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.SourceAccount;
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
  private final Asked asked;
  private final IngressEvents events;

  AnswerHandshake(String source, Asked asked, IngressEvents events) {
    this.source = source;
    this.asked = asked;
    this.events = events;
  }

  /// Whom a handshake is for.
  ///
  /// @param name for the log
  /// @param missing what to say if there is no token
  /// @param verifyTokens the active ones, newest first
  record Host(String name, String missing, List<String> verifyTokens) {}

  /// Finds out whom a handshake is for.
  @FunctionalInterface
  interface Asked {
    /// @return null if the path belongs to no account or channel
    @Nullable Host host(Request request);
  }

  /// Asks for the token of the workspace that the path names.
  static AnswerHandshake ofMeta(String source, SourceContext context, Clock clock) {
    return new AnswerHandshake(
        source,
        request -> {
          WorkspaceId workspace = context.workspace(request);
          return workspace == null
              ? null
              : new Host(
                  "workspace " + workspace,
                  "the secret meta-verify-token is not set",
                  context.workspaces().verifyTokens(workspace, clock.instant()));
        },
        context.events());
  }

  /// Asks for the token of the account that the path names.
  static AnswerHandshake ofAccount(AccountWebhooks account, IngressEvents events) {
    return new AnswerHandshake(
        account.source(),
        request -> {
          SourceAccount found = account.account(request);
          String token = found == null ? null : found.access().verifyToken();
          return found == null
              ? null
              : new Host(
                  "workspace " + found.workspace(),
                  "the account's verifyToken is not set",
                  token == null ? List.of() : List.of(token));
        },
        events);
  }

  @Override
  public Response handle(Request request) {
    Host host = asked.host(request);
    if (host == null) {
      return WebhookAnswers.error(404, "no_such_workspace");
    }
    Query query = request.query();
    String problem = problem(host, query);
    events.handshake(source, problem == null);
    if (problem != null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "handshake on " + source + " of " + host.name() + " refused: " + problem);
      return WebhookAnswers.error(400, "verification_failed");
    }
    LOG.log(System.Logger.Level.INFO, "handshake on " + source + " of " + host.name() + ": ok");
    String challenge = query.first("hub.challenge");
    return Response.text(200, challenge == null ? "" : challenge)
        .with("X-Content-Type-Options", "nosniff");
  }

  /// The fault of a handshake, null if there is none; never names a token.
  private @Nullable String problem(Host host, Query query) {
    String token = query.first("hub.verify_token");
    List<String> active = host.verifyTokens();
    if (!"subscribe".equals(query.first("hub.mode"))) {
      return "hub.mode is not subscribe";
    }
    if (query.first("hub.challenge") == null) {
      return "hub.challenge is missing";
    }
    if (active.isEmpty()) {
      return host.missing();
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
