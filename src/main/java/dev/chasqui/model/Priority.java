package dev.chasqui.model;

import java.util.Collection;

/// What goes first among the deliveries of one endpoint (product.md 6): messages before echoes
/// before statuses before history. The order of the constants is the order of going.
public enum Priority {
  /// Somebody wrote or calls, and waits.
  MESSAGES(0),
  /// What the business sent by another way, and changes and troubles of its account: rare, and
  /// worth knowing.
  ECHOES(1),
  /// Statuses of messages out.
  STATUSES(2),
  /// The past, as coexistence brings it over in bulk.
  HISTORY(3);

  private final int code;

  Priority(int code) {
    this.code = code;
  }

  /// The number in the store; never changed.
  public int code() {
    return code;
  }

  /// The priority with a number.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Priority of(int code) {
    for (Priority priority : values()) {
      if (priority.code == code) {
        return priority;
      }
    }
    throw new IllegalArgumentException("no priority has the number " + code);
  }

  /// The priority of a delivery: that of its most urgent item.
  public static Priority of(Collection<? extends Notification> items) {
    Priority best = HISTORY;
    for (Notification item : items) {
      Priority priority = of(item);
      if (priority.compareTo(best) < 0) {
        best = priority;
      }
    }
    return best;
  }

  private static Priority of(Notification item) {
    if (isHistory(item.origin().field())) {
      return HISTORY;
    }
    return switch (item) {
      case Notification.Message _, Notification.Call _ -> MESSAGES;
      case Notification.Echo _,
          Notification.Submitted _,
          Notification.Problem _,
          Notification.Change _ ->
          ECHOES;
      case Notification.Status _ -> STATUSES;
    };
  }

  /// What is brought over in bulk when an app joins (coexistence).
  private static boolean isHistory(String field) {
    return field.equals("history") || field.equals("smb_app_state_sync");
  }
}
