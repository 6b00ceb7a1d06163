package dev.chasqui.api.turn;

import dev.chasqui.http.server.Routes;
import java.util.ArrayList;
import java.util.List;

/// Turn's API on the public listener (docs/turn-api.md). Each token is for one phone number, and
/// each call is about that number.
public final class TurnApi {

  private final TurnGate gate;
  private final List<TurnPart> parts;

  /// @param parts the groups of calls that `app` has put together, besides those that need nothing
  public TurnApi(TurnGate gate, List<TurnPart> parts) {
    this.gate = gate;
    this.parts = new ArrayList<>(parts);
    this.parts.add(new NotOffered());
  }

  /// Adds the routes to a listener.
  public void addTo(Routes routes) {
    TurnRoutes turn = new TurnRoutes(routes, gate);
    parts.forEach(part -> part.addTo(turn));
  }
}
