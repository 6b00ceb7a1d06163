package dev.chasqui.api.turn;

/// A group of Turn's calls.
public interface TurnPart {

  void addTo(TurnRoutes routes);
}
