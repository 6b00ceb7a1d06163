package dev.chasqui.app;

import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.JournalException;
import dev.chasqui.store.ProjectionStore.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the facts that rows of the store refer to. A row names position and event. Where another
/// event's fact stands at the position, store and journal do not belong together: the fact counts
/// as gone, and the log says so.
final class ReadFacts {

  private static final System.Logger LOG = System.getLogger(ReadFacts.class.getName());

  private final Journal journal;

  ReadFacts(Journal journal) {
    this.journal = journal;
  }

  /// An event's fact, null if retention has deleted it, it is damaged, or it is another event's.
  ///
  /// @throws JournalException if the disk cannot be read now
  @Nullable Fact find(Source source) {
    try {
      Fact fact = journal.readAt(source.position()).fact();
      return isOf(source, fact) ? fact : null;
    } catch (JournalException e) {
      return switch (e.kind()) {
        case GONE, DAMAGED -> null;
        case IO, UNUSABLE -> throw e;
      };
    }
  }

  /// Reads facts until about `maxBytes` are read; what is gone or another event's is left out.
  Portion read(Collection<Source> sources, int maxBytes) {
    Map<Long, List<Source>> wanted = new HashMap<>();
    for (Source source : sources) {
      wanted.computeIfAbsent(source.position(), _ -> new ArrayList<>(1)).add(source);
    }
    SortedSet<Long> positions = new TreeSet<>(wanted.keySet());
    List<Journal.Entry> entries = journal.readAll(positions, maxBytes);
    List<Found> found = new ArrayList<>(entries.size());
    for (Journal.Entry entry : entries) {
      for (Source source : wanted.getOrDefault(entry.position(), List.of())) {
        if (isOf(source, entry.fact())) {
          found.add(new Found(source, entry.fact()));
        }
      }
    }
    long next = entries.isEmpty() ? Long.MAX_VALUE : entries.getLast().next();
    return new Portion(found, sources.stream().filter(it -> it.position() >= next).toList());
  }

  /// An event's fact.
  record Found(Source source, Fact fact) {}

  /// Facts that were read together.
  ///
  /// @param rest what there was no room for
  record Portion(List<Found> found, List<Source> rest) {}

  private static boolean isOf(Source source, Fact fact) {
    boolean isIt = fact.eventId().equals(source.event());
    if (!isIt) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the journal holds event {0} at {1}, where the store expects event {2}: they do not"
              + " belong together, and the event counts as gone",
          fact.eventId(),
          Long.toString(source.position()),
          source.event());
    }
    return isIt;
  }
}
