package dev.chasqui.model;

import org.jspecify.annotations.Nullable;

/// A WhatsApp user as an item names it: by phone number, by business-scoped user id, or both. Since
/// 2026 the phone number may be missing (Meta, page business-scoped-user-ids).
///
/// @param waId the phone number, digits
/// @param userId the business-scoped user id (BSUID), for example `US.1`
/// @param name the profile name, if the envelope told it
public record Participant(@Nullable String waId, @Nullable String userId, @Nullable String name) {

  /// Nobody is named.
  public static final Participant NONE = new Participant(null, null, null);

  /// Whether there is any id.
  public boolean isKnown() {
    return waId != null || userId != null;
  }
}
