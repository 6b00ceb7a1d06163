package dev.chasqui.settings;

import static java.util.Map.entry;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Settings that no longer exist, each with what to do instead.
final class RemovedKeys {

  private static final Map<String, String> HINTS =
      Map.ofEntries(
          entry("delivery.inFlight", "set delivery.lanes.high, .default and .low instead"),
          renamed("journal.linger", Keys.JOURNAL_BUSY_MAX_DELAY),
          renamed("journal.patience", Keys.JOURNAL_BULK_MAX_DELAY),
          renamed("projection.look", ProjectionKeys.PROJECTION_READ_INTERVAL),
          renamed("projection.pace", ProjectionKeys.PROJECTION_WRITE_MAX_DELAY),
          renamed("fold.every", ProjectionKeys.LEDGER_MAX_DELAY),
          renamed("fold.slice", ProjectionKeys.LEDGER_SLICE),
          renamed("fold.maxWaiting", ProjectionKeys.LEDGER_MAX_WAITING));

  private static final Map<String, String> HINTS_OF_VARIABLES =
      HINTS.entrySet().stream()
          .collect(Collectors.toMap(it -> Key.environmentName(it.getKey()), Map.Entry::getValue));

  private RemovedKeys() {}

  private static Map.Entry<String, String> renamed(String former, Key<?> now) {
    return entry(former, "it is called " + now.name() + " now");
  }

  /// What to do instead of setting a key, null if it never was one.
  static @Nullable String hint(String name) {
    return HINTS.get(name);
  }

  /// The same for a variable of the environment.
  static @Nullable String hintOfVariable(String name) {
    return HINTS_OF_VARIABLES.get(name);
  }
}
