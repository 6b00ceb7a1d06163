package dev.chasqui.api.graph;

import dev.chasqui.model.Bytes;
import java.io.ByteArrayOutputStream;

/// Takes out commas behind the last member of an object or element of an array. Meta's own page
/// prints the call that clears an override with one, and its parser takes it.
final class TrailingCommas {

  private TrailingCommas() {}

  /// The same without them; texts are left alone. What else is wrong stays wrong.
  static Bytes removed(Bytes json) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(json.length());
    boolean inText = false;
    for (int i = 0; i < json.length(); i++) {
      byte b = json.at(i);
      if (inText && b == '\\' && i + 1 < json.length()) {
        kept.write(b);
        kept.write(json.at(++i));
        continue;
      }
      if (b == '"') {
        inText = !inText;
      }
      if (inText || b != ',' || !isLast(json, i + 1)) {
        kept.write(b);
      }
    }
    return Bytes.of(kept.toByteArray());
  }

  private static boolean isLast(Bytes json, int from) {
    int i = from;
    while (i < json.length() && " \t\r\n".indexOf(json.at(i)) >= 0) {
      i++;
    }
    return i < json.length() && (json.at(i) == '}' || json.at(i) == ']');
  }
}
