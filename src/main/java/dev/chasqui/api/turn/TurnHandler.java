package dev.chasqui.api.turn;

import dev.chasqui.http.server.Response;

/// Does what a call asks for, on a virtual thread.
@FunctionalInterface
public interface TurnHandler {

  /// @throws TurnException if it cannot be done; nothing is changed then
  Response handle(TurnCall call) throws InterruptedException;
}
