package dev.chasqui.store;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventViews.ContactView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What clients and operators ask and set of contacts. An id is a phone number, a business-scoped
/// user id, or one that the contact had before it changed.
public interface ContactStore {

  Optional<ContactView> find(WorkspaceId workspace, String id);

  /// The phone number under which a contact is reached over the fallback channel, empty if the
  /// contact is reached over WhatsApp, is unknown, or has no phone number. One indexed read.
  Optional<String> fallbackNumber(WorkspaceId workspace, String id);

  /// Sets whether a contact is reached over the fallback channel; the newest of this, of a message
  /// from the contact and of too many failures holds. Setting it to false begins the count of
  /// failures anew. An unknown phone number becomes a contact.
  ///
  /// @return the contact afterwards, empty if a user id is unknown
  Optional<ContactView> setFallback(WorkspaceId workspace, String id, boolean active, Instant now);

  /// All ids of a contact, former ones included; the id itself if it is unknown.
  List<String> ids(WorkspaceId workspace, String id);

  /// What clients keep of a contact, empty if the contact is unknown or nothing is kept.
  Optional<Profile> profile(WorkspaceId workspace, String id);

  /// Changes what clients keep of a contact. A phone number that nobody knows becomes a contact.
  ///
  /// @param change what becomes of the fields
  /// @return the profile afterwards, empty if a user id is unknown
  Optional<Profile> changeProfile(
      WorkspaceId workspace, String id, ProfileChange change, Instant now);

  /// The profile of a contact that clients keep.
  ///
  /// @param fields a JSON object
  /// @param generation how often it was changed
  record Profile(String fields, long generation, Instant updatedAt) {}

  /// Makes new fields of old ones.
  @FunctionalInterface
  interface ProfileChange {

    /// @param fields the former JSON object, `{}` at first
    /// @return the new JSON object
    String apply(String fields);
  }
}
