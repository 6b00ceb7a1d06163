package dev.chasqui.api.turn;

/// A group of Turn's calls.
public interface TurnPart {

  /// Adds its routes.
  void addTo(TurnRoutes routes);
}
