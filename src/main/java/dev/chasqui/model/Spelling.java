package dev.chasqui.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The two spellings that mobile numbers of some countries have, where people write one and
/// WhatsApp may know the other (Meta, page phone numbers): Brazil's ninth digit, Mexico's 1,
/// Argentina's 9.
public final class Spelling {

  private static final Pattern BRAZIL = Pattern.compile("(55[1-9][0-9])(9?)([6-9][0-9]{7})");
  private static final Pattern MEXICO = Pattern.compile("(52)(1?)([2-9][0-9]{9})");
  private static final Pattern ARGENTINA = Pattern.compile("(54)(9?)([1-8][0-9]{9})");

  private Spelling() {}

  /// The other spelling of a phone number, empty if it has one only.
  ///
  /// @param number digits
  public static Optional<String> other(String number) {
    return other(BRAZIL, "9", number)
        .or(() -> other(MEXICO, "1", number))
        .or(() -> other(ARGENTINA, "9", number));
  }

  private static Optional<String> other(Pattern form, String digit, String number) {
    Matcher parts = form.matcher(number);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String between = parts.group(2).isEmpty() ? digit : "";
    return Optional.of(parts.group(1) + between + parts.group(3));
  }
}
