package dev.chasqui.alerts;

import dev.chasqui.model.Alert;

/// Numbers as people read them.
final class Count {

  private Count() {}

  /// For example "1 delivery", "2 deliveries".
  static String of(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  /// A figure in an alert's details, 0 if it has none.
  static long of(Alert alert, String detail) {
    try {
      return Long.parseLong(alert.words().details().getOrDefault(detail, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
