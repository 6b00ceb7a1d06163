package dev.chasqui.store.sql;

import dev.chasqui.model.Ulid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A message that WhatsApp failed to bring to a contact.
///
/// @param mark 16 bytes laid out like a ULID: when it failed, and a hash of the message's id
/// @param threshold how many failures in a row are too many for the number that sent it, 0 if it
///   has no fallback channel
/// @param message which message it was, null once it was stored
record Failure(Ulid mark, int threshold, @Nullable Message message) {

  static final Comparator<Failure> ORDER = Comparator.comparing(Failure::mark);

  private static final Comparator<Failure> LATER =
      ORDER
          .thenComparingInt(Failure::threshold)
          .thenComparing(f -> f.message() != null)
          .thenComparing(f -> f.message() == null ? "" : f.message().id());

  private static final long HASH_IN_HIGH = 0xFFFF;

  /// A message, as it can be sent once more.
  record Message(String id, @Nullable String phoneNumberId) {}

  static Failure of(Instant at, int threshold, Message message) {
    return new Failure(mark(at, message.id()), threshold, message);
  }

  /// Laid out like a ULID, with a hash where that has random bits.
  static Ulid mark(Instant at, String hashed) {
    ByteBuffer hash = ByteBuffer.wrap(sha256(hashed));
    return Ulid.of(at, hash.getShort(), hash.getLong());
  }

  /// Both, each message once: with its latest failure. So no count depends on the order in which
  /// failures are added, nor on how often.
  static SortedSet<Failure> union(SortedSet<Failure> some, SortedSet<Failure> others) {
    if (some.isEmpty() || others.isEmpty()) {
      return some.isEmpty() ? others : some;
    }
    Map<Ulid, Failure> latest = new HashMap<>();
    some.forEach(f -> latest.merge(f.hash(), f, Failure::later));
    others.forEach(f -> latest.merge(f.hash(), f, Failure::later));
    SortedSet<Failure> all = new TreeSet<>(ORDER);
    all.addAll(latest.values());
    return all;
  }

  private Ulid hash() {
    return new Ulid(mark.high() & HASH_IN_HIGH, mark.low());
  }

  private static Failure later(Failure a, Failure b) {
    return LATER.compare(a, b) >= 0 ? a : b;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
