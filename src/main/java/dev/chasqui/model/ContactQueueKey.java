package dev.chasqui.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// The queue in which deliveries with `ordering: contact` stand: a business phone number and a
/// contact or a group, as 64 bits of a hash, so that no phone number stands in the store's indexes.
/// Two that share a key wait for each other; nothing else comes of it.
///
/// A contact is known by the phone number, and only if that is hidden by the user id.
///
/// @param value the hash
public record ContactQueueKey(long value) {

  /// Before the id of a group, so that no contact shares it.
  private static final String GROUP = "group ";

  /// The queue of an item; empty if it is about no contact and no group.
  public static Optional<ContactQueueKey> of(Notification item) {
    String group = item.group();
    String conversation = group == null ? item.user().id() : GROUP + group;
    return conversation == null
        ? Optional.empty()
        : Optional.of(hash(String.valueOf(item.origin().phoneNumberId()), conversation));
  }

  private static ContactQueueKey hash(String phoneNumberId, String contact) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(phoneNumberId.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      byte[] digest = sha.digest(contact.getBytes(StandardCharsets.UTF_8));
      return new ContactQueueKey(ByteBuffer.wrap(digest).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
