package dev.chasqui.model;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A WhatsApp user as an item names it: by phone number, by business-scoped user id, or both. Since
/// 2026 the phone number may be missing (Meta, page business-scoped-user-ids). A user id that
/// stands where a phone number belongs is taken for what it is ([UserId]).
///
/// @param waId the phone number, digits
/// @param userId the business-scoped user id (BSUID), for example `US.1`
/// @param name the profile name, if the envelope told it
/// @param alias another id by which the item names the same user, null if there is none: a second
///   spelling of the phone number (Brazil, Mexico, Argentina), or a second user id
public record Participant(
    @Nullable String waId, @Nullable String userId, @Nullable String name, @Nullable String alias) {

  /// A participant without any id.
  public static final Participant NONE = new Participant(null, null, null);

  public Participant {
    if (waId != null && UserId.matches(waId)) {
      boolean isSecond = userId != null && !userId.equals(waId);
      alias = isSecond && alias == null ? waId : alias;
      userId = userId == null ? waId : userId;
      waId = null;
    }
    if (alias != null && (alias.equals(waId) || alias.equals(userId))) {
      alias = null;
    }
  }

  /// Named in one way only.
  public Participant(@Nullable String waId, @Nullable String userId, @Nullable String name) {
    this(waId, userId, name, null);
  }

  public boolean isKnown() {
    return waId != null || userId != null;
  }

  /// The id that tells this user from others: the phone number, or the user id where the number is
  /// hidden; null if there is neither.
  public @Nullable String id() {
    return waId != null ? waId : userId;
  }

  /// All ids by which the item names the user.
  public Stream<String> ids() {
    return Stream.of(
            Optional.ofNullable(waId), Optional.ofNullable(userId), Optional.ofNullable(alias))
        .flatMap(Optional::stream);
  }

  /// The same user, whom `other` names as well: what this one does not tell, the other does, and an
  /// id that differs is an alias.
  public Participant orElse(Participant other) {
    String second = differing(waId, other.waId);
    return new Participant(
        waId != null ? waId : other.waId,
        userId != null ? userId : other.userId,
        name != null ? name : other.name,
        second != null ? second : differing(userId, other.userId));
  }

  private static @Nullable String differing(@Nullable String own, @Nullable String other) {
    return own != null && other != null && !own.equals(other) ? other : null;
  }
}
