package dev.chasqui.sim;

import java.util.Map;

/// A JSON text with `$word` in the places that differ from one webhook to the next.
final class Template {

  private Template() {}

  /// @throws IllegalArgumentException if the text names a word that has no value
  static String fill(String text, Map<String, String> values) {
    StringBuilder filled = new StringBuilder(text.length() + 64);
    int at = 0;
    for (int dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
      int end = endOfWord(text, dollar + 1);
      String word = text.substring(dollar + 1, end);
      String value = values.get(word);
      if (value == null) {
        throw new IllegalArgumentException("no value for $" + word);
      }
      filled.append(text, at, dollar).append(value);
      at = end;
    }
    return filled.append(text, at, text.length()).toString();
  }

  private static int endOfWord(String text, int from) {
    int end = from;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
