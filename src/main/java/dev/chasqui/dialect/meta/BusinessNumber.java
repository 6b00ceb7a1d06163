package dev.chasqui.dialect.meta;

/// Compares business numbers that people and platforms write with and without the country code, or
/// with zeros in front (`0015550783881`, `05550783881`, `5550783881`).
public final class BusinessNumber {

  /// Shorter ones are no national numbers: too many numbers end with them.
  private static final int LEAST_DIGITS = 8;

  private BusinessNumber() {}

  /// Whether a text is a phone number in digits.
  static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /// Whether two texts are one number: the longer one ends with the shorter one.
  ///
  /// @param one in digits
  /// @param other in digits
  public static boolean isSame(String one, String other) {
    String a = national(one);
    String b = national(other);
    String shorter = a.length() < b.length() ? a : b;
    String longer = a.length() < b.length() ? b : a;
    return longer.equals(shorter) || (shorter.length() >= LEAST_DIGITS && longer.endsWith(shorter));
  }

  private static String national(String number) {
    int zeros = 0;
    while (zeros < number.length() && number.charAt(zeros) == '0') {
      zeros++;
    }
    return number.substring(zeros);
  }
}
