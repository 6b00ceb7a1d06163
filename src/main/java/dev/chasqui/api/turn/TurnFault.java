package dev.chasqui.api.turn;

import org.jspecify.annotations.Nullable;

/// One element of an answer's `errors`.
///
/// @param code WhatsApp's on-premises codes where one fits, Meta's where Meta refused, -1 for what
///   could not be read at all
/// @param title the same for all faults of a kind
/// @param details what is wrong this time, null if the title says it all
public record TurnFault(long code, String title, @Nullable String details) {

  /// What could not be read, or makes no sense as a whole.
  static TurnFault unreadable(String details) {
    return new TurnFault(-1, "Bad Request", details);
  }

  /// A member that must be there.
  static TurnFault missing(String path) {
    return new TurnFault(1008, "Required parameter is missing", path + " is required");
  }

  /// A member, or a header, that has a value it must not have.
  ///
  /// @param path where it stands, as `interactive.action.buttons[3].reply.title`
  static TurnFault invalid(String path, String reason) {
    return new TurnFault(1009, "Parameter value is not valid", path + " " + reason);
  }
}
