package dev.chasqui.settings;

import java.util.LinkedHashMap;
import java.util.List;
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
    effective().forEach(it -> lines.put(it.name(), it.value() + " (" + it.origin() + ")"));
    return lines;
  }

  /// All settings with their values in force, secrets as set or not set.
  public List<Effective> effective() {
    return Keys.ALL.stream().map(this::effective).toList();
  }

  private Effective effective(Key<?> key) {
    Entry entry = entries.get(key);
    String origin = entry == null ? "default" : entry.origin();
    return new Effective(key.name(), shown(key, entry), origin, key.doc());
  }

  /// A setting with its value in force.
  ///
  /// @param origin `default`, or where it was set
  /// @param doc one sentence for the operator
  public record Effective(String name, String value, String origin, String doc) {}

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
