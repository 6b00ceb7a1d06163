package dev.chasqui.json;

/// The well-formed byte sequences of UTF-8 (Unicode Standard, table 3-7).
final class Utf8 {

  private Utf8() {}

  /// How many bytes the character of several bytes at an index has, 0 if it is not well formed.
  static int length(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    if (first >= 0xC2 && first <= 0xDF) {
      return follows(bytes, at + 1, end, 1) ? 2 : 0;
    }
    if ((first & 0xF0) == 0xE0) {
      int second = at + 1 < end ? bytes[at + 1] & 0xFF : 0;
      boolean overlong = first == 0xE0 && second < 0xA0;
      boolean surrogate = first == 0xED && second > 0x9F;
      return !overlong && !surrogate && follows(bytes, at + 1, end, 2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      int second = at + 1 < end ? bytes[at + 1] & 0xFF : 0;
      boolean overlong = first == 0xF0 && second < 0x90;
      boolean tooLarge = first == 0xF4 && second > 0x8F;
      return !overlong && !tooLarge && follows(bytes, at + 1, end, 3) ? 4 : 0;
    }
    return 0;
  }

  private static boolean follows(byte[] bytes, int from, int end, int count) {
    if (from + count > end) {
      return false;
    }
    for (int i = from; i < from + count; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
