package dev.chasqui.http.client;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// The header fields that callers may send.
final class HeaderFields {

  /// What the client writes itself; these are left out of what callers say.
  private static final List<String> OURS =
      List.of("host", "content-length", "transfer-encoding", "connection");

  private static final String NAME_MARKS = "!#$%&'*+-.^_`|~";

  private HeaderFields() {}

  /// @throws IllegalArgumentException if a name or value cannot stand in HTTP (RFC 9110, 5.5)
  static void check(Map<String, String> headers) {
    headers.forEach(
        (name, value) -> {
          if (!isName(name)) {
            throw new IllegalArgumentException("not a header name: " + name);
          }
          if (!isValue(value)) {
            throw new IllegalArgumentException("the value of " + name + " cannot stand in HTTP");
          }
        });
  }

  static void forEachOfCallers(Map<String, String> headers, BiConsumer<String, String> action) {
    headers.forEach(
        (name, value) -> {
          if (!isOurs(name)) {
            action.accept(name, value);
          }
        });
  }

  private static boolean isName(String name) {
    boolean fits = !name.isEmpty();
    for (int i = 0; fits && i < name.length(); i++) {
      fits = isNameCharacter(name.charAt(i));
    }
    return fits;
  }

  private static boolean isValue(String value) {
    boolean fits = true;
    for (int i = 0; fits && i < value.length(); i++) {
      fits = isValueCharacter(value.charAt(i));
    }
    return fits;
  }

  private static boolean isOurs(String name) {
    for (String ours : OURS) {
      if (ours.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNameCharacter(int c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || NAME_MARKS.indexOf(c) >= 0;
  }

  private static boolean isValueCharacter(int c) {
    return c == '\t' || (c >= 0x20 && c < 0x7F) || (c >= 0x80 && c <= 0xFF);
  }
}
