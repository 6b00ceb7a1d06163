package dev.chasqui.settings;

import java.util.Locale;

/// One setting: its name in the file, its type, its default and what it is for.
///
/// @param name as in the file, for example `journal.segmentSize`
/// @param defaultText the default as one would write it in the file
/// @param secret whether its value must never be shown
/// @param doc one sentence for the operator
public record Key<T>(String name, Type<T> type, String defaultText, boolean secret, String doc) {

  static <T> Key<T> of(String name, Type<T> type, String defaultText, String doc) {
    return new Key<>(name, type, defaultText, false, doc);
  }

  static Key<String> token(String name, String doc) {
    return new Key<>(name, Type.TOKEN, "", true, doc);
  }

  static Key<String> secret(String name, String doc) {
    return new Key<>(name, Type.TEXT, "", true, doc);
  }

  /// The name in the environment, for example `CHASQUI_JOURNAL_SEGMENT_SIZE`.
  public String environmentName() {
    return environmentName(name);
  }

  static String environmentName(String name) {
    String snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_');
    return "CHASQUI_" + snake.toUpperCase(Locale.ROOT);
  }
}
