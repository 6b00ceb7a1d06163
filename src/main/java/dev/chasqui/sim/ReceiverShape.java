package dev.chasqui.sim;

import dev.chasqui.http.server.Request;
import java.util.List;

/// What a receiver expects a delivery to look like. The strict ones are written from what is known
/// of the platforms and their clients, and share nothing with the gateway's code.
@FunctionalInterface
public interface ReceiverShape {

  /// Takes anything.
  ReceiverShape ANY = _ -> List.of();

  /// What is wrong with a delivery, none if nothing is. Values are not quoted, only where they are.
  List<String> objections(Request request);
}
