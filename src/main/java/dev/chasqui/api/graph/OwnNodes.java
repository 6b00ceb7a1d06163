package dev.chasqui.api.graph;

import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What only the gateway knows: the callbacks of a phone number, and its own tokens. Calls about
/// them are answered here; where other fields are asked for with callbacks, the platform's answer
/// is completed.
final class OwnNodes {

  private static final String CONFIGURATION = "webhook_configuration";
  private static final Set<String> FIELDS = Set.of(CONFIGURATION, "id", "display_phone_number");

  private final PhoneNumberNode numbers;
  private final OauthNode oauth;

  OwnNodes(PhoneNumberNode numbers, OauthNode oauth) {
    this.numbers = numbers;
    this.oauth = oauth;
  }

  /// Describes a token of the gateway; empty for any other.
  Optional<Response> debugged(GraphCall call) {
    return oauth.debugged(call);
  }

  /// True if a call asks for what only the gateway knows.
  boolean isAbout(GraphCall call, String method) {
    if (!method.equals("GET")) {
      return method.equals("POST") && call.parameters().has(CONFIGURATION);
    }
    List<String> fields = call.parameters().texts("fields");
    return !fields.isEmpty() && FIELDS.containsAll(fields);
  }

  /// Answers a call from the gateway's own data, without asking upstream.
  Response answer(GraphCall call, String method) throws InterruptedException {
    call.refuseUnlessManaging();
    return Response.json(
        200, Json.bytes(method.equals("GET") ? numbers.get(call) : numbers.post(call)));
  }

  /// Adds the callbacks to the platform's answer about a number where they are asked for.
  void addConfiguration(GraphCall call, PassRules.Node node, ObjectNode answer) {
    if (call.parameters().texts("fields").contains(CONFIGURATION)) {
      node.number().ifPresent(it -> answer.set(CONFIGURATION, numbers.configuration(it)));
    }
  }

  /// A query as the platform is asked: the callbacks that it knows are not the gateway's.
  static List<UrlEncodedForm.Pair> withoutConfiguration(List<UrlEncodedForm.Pair> query) {
    List<UrlEncodedForm.Pair> kept = new ArrayList<>();
    for (UrlEncodedForm.Pair pair : query) {
      if (!pair.name().equals("fields")) {
        kept.add(pair);
        continue;
      }
      List<String> fields = new ArrayList<>(List.of(pair.value().split(",", -1)));
      fields.removeIf(it -> it.strip().equals(CONFIGURATION));
      kept.add(new UrlEncodedForm.Pair("fields", String.join(",", fields)));
    }
    return kept;
  }
}
