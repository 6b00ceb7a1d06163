package dev.chasqui.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The effective settings of a process, read once at start: flags win over the environment, the
/// environment over the file, the file over the defaults.
public final class Settings {

  private final Map<Key<?>, Entry> entries;

  Settings(Map<Key<?>, Entry> entries) {
    this.entries = Map.copyOf(entries);
  }

  /// The value of a setting.
  public <T> T get(Key<T> key) {
    Entry entry = entries.get(key);
    // Checked when it was loaded: parsing it again cannot fail.
    return key.type().parser().parse(entry == null ? key.defaultText() : entry.text());
  }

  /// The effective settings as lines `name = value (origin)`, secrets as set or not set.
  public Map<String, String> describe() {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Key<?> key : Keys.ALL) {
      Entry entry = entries.get(key);
      String origin = entry == null ? "default" : entry.origin();
      lines.put(key.name(), shown(key, entry) + " (" + origin + ")");
    }
    return lines;
  }

  private static String shown(Key<?> key, @Nullable Entry entry) {
    String text = entry == null ? key.defaultText() : entry.text();
    if (key.secret()) {
      return text.isEmpty() ? "not set" : "set";
    }
    return text.isEmpty() ? "-" : text;
  }

  /// A value that is not the default.
  ///
  /// @param origin where it was set, for example `chasqui.yaml line 3`
  record Entry(String text, String origin) {}
}
