package dev.chasqui.sim;

import java.util.Set;

/// The platform's own rule for callbacks, written down once more, so that the gateway's can be held
/// against it: number, then account, then application, and only for the fields that obey.
///
/// @param wabaId the account with a callback of its own
/// @param phoneNumberId the number with a callback of its own
public record Overrides(String wabaId, String phoneNumberId) {

  private static final Set<String> OBEYING =
      Set.of(
          "messages",
          "message_echoes",
          "calls",
          "consumer_profile",
          "messaging_handovers",
          "group_lifecycle_update",
          "group_participants_update",
          "group_settings_update",
          "group_status_update",
          "smb_message_echoes",
          "smb_app_state_sync",
          "history",
          "account_settings_update");

  /// The three levels of callbacks, by which Meta's overrides are named.
  public enum Callback {
    APPLICATION,
    WABA,
    PHONE_NUMBER
  }

  /// The one callback that an item goes to.
  public Callback of(Item item) {
    if (!OBEYING.contains(field(item))) {
      return Callback.APPLICATION;
    }
    if (item.business().phoneNumberId().equals(phoneNumberId)) {
      return Callback.PHONE_NUMBER;
    }
    return item.business().wabaId().equals(wabaId) ? Callback.WABA : Callback.APPLICATION;
  }

  /// The field of the change that holds an item.
  public static String field(Item item) {
    return switch (item) {
      case Item.Message _, Item.Status _ -> "messages";
      case Item.Change change -> change.field();
    };
  }
}
