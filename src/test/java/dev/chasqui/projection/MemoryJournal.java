package dev.chasqui.projection;

import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.JournalException;
import dev.chasqui.journal.JournalState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// A journal in memory: the fact at index i stands at position i + 1.
final class MemoryJournal implements Journal {

  private final List<Fact> facts = new ArrayList<>();

  /// Whether somebody waits in [#awaitInteractive].
  volatile boolean isAwaited;

  /// Read faults still to come.
  int faults;

  synchronized long add(Fact fact) {
    facts.add(fact);
    notifyAll();
    return facts.size();
  }

  synchronized List<Fact> facts() {
    return List.copyOf(facts);
  }

  @Override
  public void append(Fact fact, AppendCallback callback) {
    callback.done(new Appended.Durable(add(fact)));
  }

  @Override
  public synchronized Batch read(long from, int maxRecords, int maxBytes) {
    if (faults > 0) {
      faults--;
      throw new JournalException(JournalException.Kind.IO, "made up");
    }
    List<Entry> entries = new ArrayList<>();
    long position = Math.max(1, from);
    while (position <= facts.size() && entries.size() < maxRecords) {
      entries.add(readAt(position));
      position++;
    }
    return new Batch(entries, Math.max(position, from), List.of());
  }

  @Override
  public synchronized Entry readAt(long position) {
    if (position > facts.size()) {
      throw new JournalException(JournalException.Kind.GONE, "no such record");
    }
    return new Entry(position, position + 1, facts.get(Math.toIntExact(position - 1)));
  }

  @Override
  public synchronized long tail() {
    return facts.size() + 1L;
  }

  @Override
  public long head() {
    return 1;
  }

  @Override
  public long back(long bytes) {
    return 1;
  }

  @Override
  public synchronized boolean awaitBeyond(long position, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + Math.min(limit.toNanos(), 10_000_000);
    long left = end - System.nanoTime();
    while (tail() <= position && left > 0) {
      wait(Math.max(1, left / 1_000_000));
      left = end - System.nanoTime();
    }
    return tail() > position;
  }

  @Override
  public boolean awaitInteractive(long position, Duration limit) throws InterruptedException {
    isAwaited = true;
    long end = System.nanoTime() + limit.toNanos();
    synchronized (this) {
      long left = limit.toMillis();
      while (!hasInteractive(position) && left > 0) {
        wait(left);
        left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      }
      isAwaited = false;
      return hasInteractive(position);
    }
  }

  private synchronized boolean hasInteractive(long position) {
    int first = Math.toIntExact(Math.max(1, position) - 1);
    return facts.stream().skip(first).anyMatch(fact -> !fact.isBulk());
  }

  @Override
  public long dueForDeletion(Instant now) {
    return 0;
  }

  @Override
  public long retain(long neededFrom, Instant now) {
    return 0;
  }

  @Override
  public JournalState state() {
    return new JournalState(JournalState.Condition.WRITABLE, Optional.empty(), 0, 1, 0, 1);
  }

  @Override
  public void close() {}

  @Override
  public List<Entry> readAll(SortedSet<Long> positions, int maxBytes) {
    return positions.stream().map(this::readAt).toList();
  }
}
