package dev.chasqui.ingress;

import dev.chasqui.ingress.IngressEvents.Guarded;
import dev.chasqui.ingress.IngressSettings.ByteLimits;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.JournalState;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How much of the journal requests that failed verification have, so that they never take the room
/// of what is genuine: they have a share of the journal, and of the disk only what leaves signed
/// webhooks room above the journal's own reserve.
///
/// Their bytes are counted by stretches of positions and are free again when retention deletes a
/// stretch. The counts outlive a restart: see [#saved()]. Safe for use by many threads.
final class RejectQuota {

  /// Positions that are counted together: 64 MiB, about one segment.
  private static final int STRETCH_BITS = 26;

  private final ByteLimits limits;
  private final Journal journal;
  private final ConcurrentSkipListMap<Long, Long> stretches = new ConcurrentSkipListMap<>();
  private final AtomicLong kept = new AtomicLong();
  private volatile boolean isDiskShort;

  RejectQuota(ByteLimits limits, Journal journal) {
    this.limits = limits;
    this.journal = journal;
  }

  /// The quota that is used up, null if there is room.
  @Nullable Guarded shortOf() {
    if (isDiskShort) {
      return Guarded.DISK;
    }
    return kept.get() >= limits.kept() ? Guarded.JOURNAL_SHARE : null;
  }

  /// Counts a request that is durable.
  void keep(long position, long bytes) {
    stretches.merge(position >>> STRETCH_BITS, bytes, Long::sum);
    kept.addAndGet(bytes);
  }

  /// Looks at the disk, and at what the journal has let go of. Once every few seconds: it asks the
  /// file system.
  void refresh() {
    JournalState state = journal.state();
    isDiskShort = !state.isWritable() || state.bytesFree() < limits.diskRoom();
    long head = journal.head() >>> STRETCH_BITS;
    Map.Entry<Long, Long> oldest = stretches.firstEntry();
    while (oldest != null && oldest.getKey() < head) {
      stretches.remove(oldest.getKey());
      kept.addAndGet(-oldest.getValue());
      oldest = stretches.firstEntry();
    }
  }

  long keptBytes() {
    return kept.get();
  }

  /// The counts as text, for [#restore]: lines of a stretch's number and its bytes.
  String saved() {
    return stretches.entrySet().stream()
        .map(stretch -> stretch.getKey() + " " + stretch.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /// Takes up counts that were saved. A line that is none is left out: the counts guard the disk,
  /// and a garbled file is no reason not to start.
  void restore(String saved) {
    for (String line : saved.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      try {
        if (words.length == 2 && Long.parseLong(words[1]) >= 0) {
          keep(Long.parseLong(words[0]) << STRETCH_BITS, Long.parseLong(words[1]));
        }
      } catch (NumberFormatException _) {
        // The next line may be whole.
      }
    }
  }
}
