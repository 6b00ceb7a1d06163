package dev.chasqui.model;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Short texts that were decoded lately. What stands in every webhook (a number's id, a field's
/// name, a header) is one object for all that wait in memory, instead of one for each of them,
/// which each collection of garbage would copy.
///
/// A table with one place for each hash, which the newest takes: bounded, and whoever makes texts
/// collide gains nothing but new objects. Used by many threads without a lock: a string is
/// immutable, so whichever of two is read is right.
public final class RecentTexts {

  private static final int PLACES = 1 << 10;
  private static final int MOST_BYTES = 32;

  private static final @Nullable String[] TEXTS = new String[PLACES];

  private RecentTexts() {}

  /// Decodes UTF-8.
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
