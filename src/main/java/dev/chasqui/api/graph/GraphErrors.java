package dev.chasqui.api.graph;

import dev.chasqui.http.server.ErrorShape;
import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Writes Graph's error envelope, which clients read by its members: `message`, `type`, `code`,
/// `error_subcode`, `fbtrace_id`. The server's own errors on Graph's paths are told in it too.
final class GraphErrors implements ErrorShape {

  private static final int TRACE_BYTES = 12;

  /// A version, or a bare id: no other surface has such paths.
  private static final Pattern PATHS =
      Pattern.compile("/(v[0-9]+\\.[0-9]+|[0-9]+|oauth/access_token|debug_token)(/.*)?");

  private final RandomGenerator random;

  GraphErrors(RandomGenerator random) {
    this.random = random;
  }

  /// The members that say what is wrong.
  ///
  /// @param message without the code, which is written before it
  /// @param details for `error_data`, null if there are none
  record Fault(
      int code, int subcode, String type, String message, @Nullable String details, boolean again) {

    static Fault of(GraphException e) {
      GraphException.Kind kind = e.kind();
      return new Fault(kind.code(), kind.subcode(), kind.type(), e.words(), null, kind.isPassing());
    }
  }

  Response of(GraphException e) {
    Response answer = of(e.kind().status(), Fault.of(e));
    if (e.kind() == GraphException.Kind.TEMPORARY) {
      return answer.with("Retry-After", "1");
    }
    return e.kind().isOfCredential()
        ? answer.with("WWW-Authenticate", "OAuth \"Chasqui\" \"invalid_token\"")
        : answer;
  }

  Response of(int status, Fault fault) {
    ObjectNode envelope = Json.object();
    ObjectNode error = envelope.putObject("error");
    error.put("message", "(#" + fault.code() + ") " + fault.message());
    error.put("type", fault.type());
    error.put("code", fault.code());
    error.put("error_subcode", fault.subcode());
    error.put("is_transient", fault.again());
    if (fault.details() != null) {
      ObjectNode data = error.putObject("error_data");
      data.put("messaging_product", "whatsapp");
      data.put("details", fault.details());
    }
    error.put("fbtrace_id", trace());
    return Response.json(status, Json.bytes(envelope));
  }

  @Override
  public boolean covers(String path) {
    return PATHS.matcher(path).matches();
  }

  @Override
  public Response of(ProblemException problem) {
    GraphException.Kind kind = GraphException.Kind.ofStatus(problem.status());
    Fault fault =
        new Fault(kind.code(), kind.subcode(), kind.type(), words(problem), null, kind.isPassing());
    return of(problem.status(), fault);
  }

  private static String words(ProblemException problem) {
    return switch (problem.status()) {
      case 404 -> "Unknown path components: there is no such node or edge";
      case 405 -> "Unsupported " + problem.detail() + " request: this path does not take it";
      default -> problem.title() + ": " + problem.detail();
    };
  }

  /// Meta's begin with an A.
  private String trace() {
    byte[] bytes = new byte[TRACE_BYTES];
    random.nextBytes(bytes);
    return "A" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
