package dev.chasqui.api.operator;

import dev.chasqui.http.server.ErrorShape;
import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;

/// What each answer of the admin listener says to browsers and proxies between: take it for nothing
/// else, and keep no copy.
public final class Guarded implements ErrorShape {

  /// Adds the headers.
  public static Response answer(Response response) {
    boolean hasThem =
        response.headers().stream().anyMatch(it -> it.name().equals("X-Content-Type-Options"));
    return hasThem
        ? response
        : response.with("X-Content-Type-Options", "nosniff").with("Cache-Control", "no-store");
  }

  @Override
  public boolean covers(String path) {
    return true;
  }

  @Override
  public Response of(ProblemException problem) {
    return answer(Response.problem(problem));
  }
}
