package dev.chasqui.app;

import dev.chasqui.journal.file.FileJournal;
import dev.chasqui.settings.EdgeKeys;
import dev.chasqui.settings.Key;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.MessageKeys;
import dev.chasqui.settings.MetricsKeys;
import dev.chasqui.settings.ProjectionKeys;
import dev.chasqui.settings.Settings;
import dev.chasqui.settings.SettingsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Adds up what the process may hold in memory at once. Each bound alone is harmless; only together
/// they fill the heap, and then on the worst day. So a sum that does not fit stops the start.
final class MemoryBounds {

  private static final long MIB = 1L << 20;

  /// What the program itself takes: classes' data, caches, connections, a batch under way.
  private static final long PROGRAM_BYTES = 48 * MIB;

  // Estimated by counting the objects of each; rounded up.
  private static final long DELIVERY_BYTES = 600;
  private static final long ITEM_BYTES = 1_024;
  private static final long KNOWN_BODY_BYTES = 128;
  private static final long IDEMPOTENCY_KEY_BYTES = 256;
  private static final long SILENT_NUMBER_BYTES = 3 << 10;

  /// Twice in memory, twice on their way to the store, once as known.
  private static final long SERIES_LABEL_BYTES = 5 * 256;

  /// What is read and what is begun at the same time.
  private static final int READS_AT_ONCE = 2;

  private final List<Bound> bounds = new ArrayList<>();

  /// @param what the setting's name, or a word for what has none
  private record Bound(String what, long bytes) {}

  private MemoryBounds(Settings settings) {
    add("the program itself", PROGRAM_BYTES);
    add("recent records of the journal", FileJournal.RECENT_BYTES);
    add(
        "bodies that wait for delivery",
        new PackageSettings(settings).delivery().memory().bodyBytes());
    add(settings, Keys.INGRESS_BYTES_IN_FLIGHT, 1);
    add(settings, EdgeKeys.INGRESS_PARTIAL_BYTES, 1);
    add(settings, EdgeKeys.HTTP_ANSWER_BYTES, 1);
    add(settings, EdgeKeys.ADMIN_READ_MEMORY, 1);
    add(settings, Keys.JOURNAL_WAITING, 1);
    add(settings, MessageKeys.MESSAGES_KEYS_IN_MEMORY, IDEMPOTENCY_KEY_BYTES);
    add(settings, ProjectionKeys.PROJECTION_BYTES, READS_AT_ONCE);
    add(settings, Keys.INGRESS_DEDUP_WINDOW, KNOWN_BODY_BYTES);
    add(settings, Keys.DELIVERY_IN_MEMORY, DELIVERY_BYTES);
    add(settings, ProjectionKeys.LEDGER_MAX_WAITING, ITEM_BYTES);
    add(settings, Keys.ALERTS_SILENCE_NUMBERS, SILENT_NUMBER_BYTES);
    add(settings, MetricsKeys.SERIES_LABELS, SERIES_LABEL_BYTES);
  }

  private void add(String what, long bytes) {
    bounds.add(new Bound(what, bytes));
  }

  private void add(Settings settings, Key<? extends Number> key, long each) {
    add(key.name(), settings.get(key).longValue() * each);
  }

  /// @throws SettingsException if the bounds together do not fit into the heap; names each
  static void check(Settings settings, long heapBytes) {
    MemoryBounds all = new MemoryBounds(settings);
    long sum = all.bounds.stream().mapToLong(Bound::bytes).sum();
    if (sum <= heapBytes) {
      return;
    }
    List<String> faults = new ArrayList<>();
    faults.add(
        "the bounds on memory add up to %d MiB, but the heap is %d MiB: lower some of them, or give Java"
                .formatted(mib(sum), heapBytes / MIB)
            + " more (CHASQUI_JAVA_OPTS=-Xmx%dm)".formatted(mib(sum) * 9 / 8));
    all.bounds.stream()
        .sorted(Comparator.comparingLong(Bound::bytes).reversed())
        .forEach(bound -> faults.add("  %d MiB %s".formatted(mib(bound.bytes()), bound.what())));
    throw new SettingsException(faults);
  }

  private static long mib(long bytes) {
    return Math.ceilDiv(bytes, MIB);
  }
}
