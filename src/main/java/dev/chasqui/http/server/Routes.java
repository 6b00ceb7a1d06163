package dev.chasqui.http.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The routes of a listener, collected before it starts.
///
/// A pattern's `{name}` takes one segment, `{name:regex}` one that matches. Where patterns overlap,
/// a literal segment wins over a constrained one and that over a free one, from the left. A GET
/// route answers HEAD as well.
public final class Routes {

  private final List<Route> routes = new ArrayList<>();
  private final List<ErrorShape> shapes = new ArrayList<>();
  private @Nullable LoginCheck logins;

  /// Puts a check of credentials in front of the routes on virtual threads that are added from here
  /// on; null for none.
  public Routes logins(@Nullable LoginCheck check) {
    logins = check;
    return this;
  }

  private Function<Request, Optional<Response>> unrouted = _ -> Optional.empty();

  /// A route whose handler runs on the event loop.
  ///
  /// @param maxBodyBytes over it the answer is 413 and the handler never hears of the request
  public Routes onLoop(String method, String pattern, int maxBodyBytes, LoopHandler handler) {
    return add(method, pattern, maxBodyBytes, new Route.OnLoop(handler));
  }

  /// A route whose handler runs on a virtual thread.
  ///
  /// @param maxBodyBytes over it the answer is 413 and the handler never hears of the request
  public Routes blocking(String method, String pattern, int maxBodyBytes, BlockingHandler handler) {
    BlockingHandler checked = logins == null ? handler : logins.before(handler);
    return add(method, pattern, maxBodyBytes, new Route.Blocking(checked));
  }

  /// A route without a body whose handler runs on a virtual thread.
  public Routes get(String pattern, BlockingHandler handler) {
    return blocking("GET", pattern, 0, handler);
  }

  /// A route whose body or answer goes piece by piece.
  public Routes streaming(
      String method, String pattern, StreamLimits limits, StreamHandler handler) {
    StreamHandler checked = logins == null ? handler : logins.before(handler);
    return add(method, pattern, 0, new Route.Streaming(checked, limits));
  }

  /// Tells errors on some paths in a shape of their own. Of several that cover a path the first
  /// counts.
  public Routes errors(ErrorShape shape) {
    shapes.add(shape);
    return this;
  }

  /// Asks before 404 or 405 is answered whether the caller may know that; what is given is answered
  /// instead. Runs on the event loop, behind the check of credentials that is set.
  public Routes unrouted(Function<Request, Optional<Response>> refusal) {
    this.unrouted = logins == null ? refusal : logins.beforeRefusal(refusal);
    return this;
  }

  Function<Request, Optional<Response>> unrouted() {
    return unrouted;
  }

  /// The shapes of errors so far.
  List<ErrorShape> shapes() {
    return List.copyOf(shapes);
  }

  /// The routes so far.
  List<Route> list() {
    return List.copyOf(routes);
  }

  private Routes add(String method, String pattern, int maxBodyBytes, Route.Target target) {
    if (maxBodyBytes < 0) {
      throw new IllegalArgumentException("a limit is not negative");
    }
    routes.add(new Route(method, RoutePattern.parse(pattern), maxBodyBytes, target));
    return this;
  }
}
