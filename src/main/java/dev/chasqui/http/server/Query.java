package dev.chasqui.http.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A query string. Kept raw and decoded when asked.
///
/// @param raw what stands behind the `?`, undecoded, empty if there is nothing
public record Query(String raw) {

  static final Query NONE = new Query("");

  /// The first value of a name, decoded, null if the name does not occur.
  ///
  /// @throws ProblemException 400 if it is badly percent-encoded
  public @Nullable String first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : values.getFirst();
  }

  /// All values of a name, decoded, in order; a name without `=` has the empty value.
  ///
  /// @throws ProblemException 400 if one is badly percent-encoded
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (!pair.isEmpty() && decode(key).equals(name)) {
        values.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  /// The names that occur, decoded, in order; one that occurs twice twice.
  ///
  /// @throws ProblemException 400 if one is badly percent-encoded
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        names.add(decode(equals < 0 ? pair : pair.substring(0, equals)));
      }
    }
    return names;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "Bad query", "the query is badly percent-encoded", e);
    }
  }

  @Override
  public String toString() {
    return raw.length() + " characters";
  }
}
