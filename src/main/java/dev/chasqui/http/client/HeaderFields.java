package dev.chasqui.http.client;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// The header fields that callers may send.
final class HeaderFields {

  /// What the client writes itself; these are left out of what callers say.
  private static final Set<String> OURS =
      Set.of("host", "content-length", "transfer-encoding", "connection");

  private static final String NAME_MARKS = "!#$%&'*+-.^_`|~";

  private HeaderFields() {}

  /// @throws IllegalArgumentException if a name or value cannot stand in HTTP (RFC 9110, 5.5)
  static void check(Map<String, String> headers) {
    headers.forEach(
        (name, value) -> {
          if (name.isEmpty() || !name.chars().allMatch(HeaderFields::isNameCharacter)) {
            throw new IllegalArgumentException("not a header name: " + name);
          }
          if (!value.chars().allMatch(HeaderFields::isValueCharacter)) {
            throw new IllegalArgumentException("the value of " + name + " cannot stand in HTTP");
          }
        });
  }

  static void forEachOfCallers(Map<String, String> headers, BiConsumer<String, String> action) {
    headers.forEach(
        (name, value) -> {
          if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
            action.accept(name, value);
          }
        });
  }

  private static boolean isNameCharacter(int c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || NAME_MARKS.indexOf(c) >= 0;
  }

  private static boolean isValueCharacter(int c) {
    return c == '\t' || (c >= 0x20 && c < 0x7F) || (c >= 0x80 && c <= 0xFF);
  }
}
