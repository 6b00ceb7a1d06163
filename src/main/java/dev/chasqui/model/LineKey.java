package dev.chasqui.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whom deliveries with `ordering: contact` stand in line for: a business phone number and a
/// contact, as 64 bits of a hash, so that no phone number stands in the store's indexes. Two
/// contacts that share a key wait for each other; nothing else comes of it.
///
/// A contact is known by the phone number, and only if that is hidden by the user id.
///
/// @param value the hash
public record LineKey(long value) {

  /// The line of an item; empty if it is about no contact.
  public static Optional<LineKey> of(Notification item) {
    String contact = contact(item);
    return contact == null
        ? Optional.empty()
        : Optional.of(hash(String.valueOf(item.origin().phoneNumberId()), contact));
  }

  private static @Nullable String contact(Notification item) {
    return switch (item) {
      case Notification.Message message -> contact(message.from());
      case Notification.Status status -> contact(status.recipient());
      case Notification.Echo echo -> contact(echo.to());
      case Notification.Submitted submitted -> contact(submitted.sending().recipient());
      case Notification.Call call -> contact(call.with());
      case Notification.Problem _, Notification.Change _ -> null;
    };
  }

  private static @Nullable String contact(Participant who) {
    return who.waId() != null ? who.waId() : who.userId();
  }

  private static LineKey hash(String phoneNumberId, String contact) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(phoneNumberId.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      byte[] digest = sha.digest(contact.getBytes(StandardCharsets.UTF_8));
      return new LineKey(ByteBuffer.wrap(digest).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
