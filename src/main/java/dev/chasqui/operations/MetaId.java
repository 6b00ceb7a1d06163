package dev.chasqui.operations;

import dev.chasqui.operations.shape.Fields;

/// Ids of Meta's that stand in a path.
public final class MetaId {

  private MetaId() {}

  /// The id itself.
  ///
  /// @throws Refusal unless it has 1 to 32 digits
  public static String checked(String id) {
    if (!Fields.isDigits(id)) {
      throw Refusal.bad("Bad request", "an id of Meta's has 1 to 32 digits", null);
    }
    return id;
  }
}
