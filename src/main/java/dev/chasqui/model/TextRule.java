package dev.chasqui.model;

import java.util.Optional;

/// What a text must be that an operator sets: in the API, in the environment, in the file of
/// settings. The same rule is applied to what is read from the store, so that nothing can be set
/// that the next start could not read.
public final class TextRule {

  private TextRule() {}

  /// What is wrong with a text, empty if nothing is: it must not be blank, and must not have
  /// control characters or halves of surrogate pairs, which no encoding can hold.
  public static Optional<String> objection(String text) {
    if (text.isBlank()) {
      return Optional.of("must not be blank");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("must not have control characters");
    }
    return isWellFormed(text)
        ? Optional.empty()
        : Optional.of("must not have half a character (an unpaired surrogate)");
  }

  /// What is wrong with a secret that is set now. Beside what no text may have, blanks or quotes
  /// around it are refused: they come from files and shells and belong to no secret.
  public static Optional<String> secretObjection(String secret) {
    Optional<String> objection = objection(secret);
    if (objection.isPresent()) {
      return objection;
    }
    if (!secret.equals(secret.strip())) {
      return Optional.of("must not begin or end with a blank");
    }
    return isQuoted(secret) ? Optional.of("must not stand in quotes") : Optional.empty();
  }

  /// What is wrong with a token that is sent in a header, empty if nothing is.
  public static Optional<String> tokenObjection(String token) {
    if (token.isBlank()) {
      return Optional.of("must not be blank");
    }
    return token.chars().allMatch(c -> c > ' ' && c < 0x7F)
        ? Optional.empty()
        : Optional.of("must have visible ASCII characters only, since it is sent in a header");
  }

  /// Whether each surrogate has its other half.
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isQuoted(String text) {
    char first = text.charAt(0);
    boolean isQuote = first == '"' || first == '\'';
    return isQuote && text.length() > 1 && text.charAt(text.length() - 1) == first;
  }
}
