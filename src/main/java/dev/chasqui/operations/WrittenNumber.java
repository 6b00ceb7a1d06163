package dev.chasqui.operations;

import java.util.Optional;
import java.util.regex.Pattern;

/// A phone number as people write it: with a plus, blanks, brackets, dots or hyphens.
public final class WrittenNumber {

  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\u00A0().\\-]");
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{4,20}");

  private WrittenNumber() {}

  /// Whether it is written with its plus.
  public static boolean hasPlus(String text) {
    return SEPARATORS.matcher(text).replaceAll("").startsWith("+");
  }

  /// The digits, empty if the text is no phone number.
  public static Optional<String> digits(String text) {
    String bare = SEPARATORS.matcher(text).replaceAll("");
    return NUMBER.matcher(bare).matches()
        ? Optional.of(bare.replaceFirst("^\\+", ""))
        : Optional.empty();
  }
}
