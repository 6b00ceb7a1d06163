package dev.chasqui.sim.graph;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// An error as the Graph API tells it: in the answer to a request, or later in a status.
///
/// @param status the answer's HTTP status
/// @param code what clients branch on
/// @param title a few words, always the same for a code
/// @param details what is wrong in this case
/// @param retryAfter what the answer's `Retry-After` says
public record GraphError(
    int status, int code, String title, String details, Optional<Duration> retryAfter) {

  private static final String OAUTH = "OAuthException";

  private static final Map<Integer, GraphError> KNOWN =
      Map.ofEntries(
          known(400, 100, "Invalid parameter", "A parameter is not valid"),
          known(401, 190, "Access token has expired", "The access token is not valid any more"),
          known(403, 200, "Permissions error", "The application may not do this"),
          known(400, 803, "Cannot query users by their username", "There is no such object"),
          known(400, 2200, "Callback verification failed", "The callback did not answer rightly"),
          known(429, 4, "Application request limit reached", "Too many calls in this hour"),
          known(429, 80007, "Rate limit issues", "The account has reached its rate limit"),
          known(429, 130429, "Rate limit hit", "Cloud API message throughput has been reached"),
          known(500, 131000, "Something went wrong", "The message could not be sent"),
          known(400, 131005, "Access denied", "The permission is not given or was taken away"),
          known(400, 131008, "Required parameter is missing", "A parameter is missing"),
          known(400, 131009, "Parameter value is not valid", "A value is not valid"),
          known(503, 131016, "Service unavailable", "The service is down for a moment"),
          known(400, 131021, "Recipient cannot be sender", "Sender and recipient are the same"),
          known(400, 131026, "Message undeliverable", "The message could not be delivered"),
          known(400, 131030, "Recipient not in allowed list", "Add the number to the allowed list"),
          known(400, 131047, "Re-engagement message", "More than 24 hours have passed"),
          known(400, 131049, "Not delivered", "Held back to keep the ecosystem healthy"),
          known(400, 131051, "Unsupported message type", "The type is not supported"),
          known(429, 131056, "Pair rate limit hit", "Too many messages to this user"),
          known(400, 132001, "Template does not exist", "There is no such template"),
          known(400, 133010, "Phone number not registered", "The number is not registered"));

  /// The error of a code.
  ///
  /// @throws IllegalArgumentException if the simulator does not know it
  public static GraphError of(int code) {
    GraphError error = KNOWN.get(code);
    if (error == null) {
      throw new IllegalArgumentException("the simulator knows no error " + code);
    }
    return error;
  }

  /// The same with other details.
  public GraphError because(String reason) {
    return new GraphError(status, code, title, reason, retryAfter);
  }

  /// The same with a wait.
  public GraphError retryAfter(Duration wait) {
    return new GraphError(status, code, title, details, Optional.of(wait));
  }

  /// The whole answer's document: `{"error":{…}}`.
  Bytes document(String traceId) {
    JsonWriter json = new JsonWriter(256).beginObject().name("error").beginObject();
    json.member("message", "(#" + code + ") " + title).member("type", OAUTH);
    json.name("code").number(code).name("error_data").beginObject();
    json.member("messaging_product", "whatsapp").member("details", details).endObject();
    if (status >= 500 || status == 429) {
      json.name("is_transient").flag(true);
    }
    return json.member("fbtrace_id", traceId).endObject().endObject().bytes();
  }

  /// An element of a status's `errors`.
  void writeTo(JsonWriter json) {
    json.beginObject().name("code").number(code).member("title", title).member("message", title);
    json.name("error_data").beginObject().member("details", details).endObject();
    json.member("href", "https://developers.facebook.com/docs/whatsapp/cloud-api/support/");
    json.endObject();
  }

  private static Map.Entry<Integer, GraphError> known(
      int status, int code, String title, String details) {
    return Map.entry(code, new GraphError(status, code, title, details, Optional.empty()));
  }
}
