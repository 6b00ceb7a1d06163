package dev.chasqui.routing;

import java.util.Set;

/// The fields whose changes follow an override; all others go to the application's callback. Meta's
/// page "webhooks/override" (2026) names exactly these thirteen. Statuses travel inside `messages`,
/// so they follow; `standby` is not named, so it does not.
public final class OverridableFields {

  /// The thirteen names.
  public static final Set<String> NAMES =
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

  private OverridableFields() {}

  /// Whether changes of the field follow overrides.
  public static boolean contains(String field) {
    return NAMES.contains(field);
  }
}
