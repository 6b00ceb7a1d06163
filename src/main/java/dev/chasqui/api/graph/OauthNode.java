package dev.chasqui.api.graph;

import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.operations.Caller;
import dev.chasqui.store.ResourceStore;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What Graph tells of access tokens, for those that are ours: `oauth/access_token` gives the
/// application its own, `debug_token` tells what one is good for.
final class OauthNode {

  private static final String GRANT = "client_credentials";

  private final GraphGate gate;
  private final AppTokens appTokens;
  private final ResourceStore resources;

  OauthNode(GraphGate gate, AppTokens appTokens, ResourceStore resources) {
    this.gate = gate;
    this.appTokens = appTokens;
    this.resources = resources;
  }

  /// `GET` or `POST /oauth/access_token`: no token is asked for, the secret proves the caller.
  Response accessToken(Request request) throws InterruptedException {
    return gate.guarded(
        () -> {
          GraphParameters parameters = GraphParameters.of(request);
          String grant = parameters.text("grant_type");
          if (grant != null && !grant.equals(GRANT)) {
            throw GraphException.parameter("Param grant_type must be " + GRANT);
          }
          String id = required(parameters, "client_id");
          String secret = required(parameters, "client_secret");
          if (appTokens.caller(id, secret).isEmpty()) {
            throw GraphException.secret();
          }
          ObjectNode answer = Json.object();
          answer.put("access_token", id + "|" + secret).put("token_type", "bearer");
          return Response.json(200, Json.bytes(answer));
        });
  }

  private static String required(GraphParameters parameters, String name) {
    String text = parameters.text(name);
    if (text == null || text.isEmpty()) {
      throw GraphException.parameter("Missing " + name + " parameter");
    }
    return text;
  }

  /// Describes a token of the gateway; empty for any other, which upstream knows.
  ///
  /// @throws GraphException 200 if it is another workspace's
  Optional<Response> debugged(GraphCall call) {
    String token = required(call.parameters(), "input_token");
    Optional<Caller> found = gate.find(token).filter(caller -> caller.kind() != Caller.Kind.META);
    if (found.filter(it -> !it.workspace().equals(call.workspace())).isPresent()) {
      throw GraphException.permission();
    }
    return found.map(this::told);
  }

  private Response told(Caller caller) {
    ObjectNode answer = Json.object();
    ObjectNode data = answer.putObject("data");
    Optional<ResourceStore.App> app = resources.app(caller.workspace());
    data.put("app_id", app.map(ResourceStore.App::id).orElse("0"));
    data.put("type", caller.kind() == Caller.Kind.APP ? "APP" : "SYSTEM_USER");
    data.put("application", app.map(ResourceStore.App::name).orElse("Chasqui"));
    data.put("expires_at", expiresAt(caller)).put("data_access_expires_at", 0);
    data.put("is_valid", true);
    ArrayNode scopes = data.putArray("scopes");
    scopes(caller.kind()).forEach(scopes::add);
    return Response.json(200, Json.bytes(answer));
  }

  /// In seconds; 0 for a token that does not end.
  private long expiresAt(Caller caller) {
    for (ResourceStore.Token token : resources.tokens()) {
      Instant end = token.life().expiresAt();
      if (end != null && token.id().equals(caller.token())) {
        return end.getEpochSecond();
      }
    }
    return 0;
  }

  private static Set<String> scopes(Caller.Kind kind) {
    String messages = "whatsapp_business_messaging";
    String management = "whatsapp_business_management";
    return switch (kind) {
      case API, META -> new TreeSet<>(Set.of(messages, management));
      case JOURNEY -> Set.of(messages);
      case ADMIN, APP -> Set.of(management);
      case VIEWER -> Set.of();
    };
  }
}
