package dev.chasqui.model;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A cache of short texts that were decoded lately. Texts that are in every webhook (a number's id,
/// a field's name, a header) become one object for all webhooks that wait in memory, instead of one
/// object each, which every garbage collection would copy.
///
/// A table with one place for each hash; the newest text takes the place. So it is bounded, and
/// texts that are made to collide only cost new objects. Many threads use it without a lock: a
/// string is immutable, so either of two racing results is right.
public final class RecentTexts {

  private static final int PLACES = 1 << 10;
  private static final int MOST_BYTES = 32;

  private static final @Nullable String[] TEXTS = new String[PLACES];

  private RecentTexts() {}

  /// Decodes UTF-8, and returns the stored string if the same text was decoded lately.
  public static String decode(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > MOST_BYTES) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    String known = TEXTS[place];
    if (known != null && isThat(known, bytes, from, length)) {
      return known;
    }
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    TEXTS[place] = text;
    return text;
  }

  /// A byte beyond ASCII equals no character, since it is negative.
  private static boolean isThat(String known, byte[] bytes, int from, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }
}
