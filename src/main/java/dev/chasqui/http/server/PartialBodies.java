package dev.chasqui.http.server;

import dev.chasqui.http.AddressBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The bytes of bodies that have not arrived whole. No signature can be checked before a body's
/// last byte, so these bytes have a budget of their own, in total and per source address, that is
/// smaller than the one of all bodies: what has arrived whole always finds room beside them.
///
/// When the budget is short, bodies that cost the most are displaced. The cost of a body is what
/// its source address holds in all, times the seconds in which the body gained next to nothing. So
/// a few addresses with large or slow bodies displace each other, and never what comes quickly from
/// elsewhere. A body that is itself among the dearest is refused instead: bodies that are under way
/// are not given up for others of the same kind, or none would ever be whole.
///
/// A body that arrives in one piece, as nearly all do, never comes here. Safe for use by all event
/// loops; the monitor guards everything.
final class PartialBodies {

  /// A body that gains less than this in a second is slow.
  private static final int PROGRESS_BYTES = 16 << 10;

  /// How much is displaced beyond what is needed, so that slow bodies are not looked through for
  /// each piece.
  private static final int SLACK_DIVISOR = 32;

  private static final long PRESSURE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final long max;
  private final long maxPerAddress;
  private final LongSupplier nanos;
  private final Set<Entry> entries = new HashSet<>();
  private final Map<AddressBlock, Long> perAddress = new HashMap<>();
  private long now;
  private boolean wasShort;
  private long shortAt;

  PartialBodies(long max, long maxPerAddress, LongSupplier nanos) {
    this.max = max;
    this.maxPerAddress = maxPerAddress;
    this.nanos = nanos;
  }

  /// One body. Its fields belong to the monitor.
  static final class Entry {

    private final AddressBlock source;
    private final Runnable displaced;
    private long bytes;
    private long gained;
    private long progressAt;

    /// @param displaced called once, by any thread, if the body has to go
    Entry(AddressBlock source, Runnable displaced) {
      this.source = source;
      this.displaced = displaced;
    }

    private void gain(int more, long at) {
      bytes += more;
      gained += more;
      if (gained >= PROGRESS_BYTES) {
        gained = 0;
        progressAt = at;
      }
    }

    private long idleSeconds(long at) {
      return TimeUnit.NANOSECONDS.toSeconds(at - progressAt);
    }
  }

  /// Begins to count a body.
  synchronized void open(Entry entry) {
    entry.progressAt = nanos.getAsLong();
    entries.add(entry);
  }

  /// Counts a piece in.
  ///
  /// @return false if there is no room, or the body was displaced before; it is not counted any
  ///   more
  synchronized boolean grow(Entry entry, int bytes) {
    if (!entries.contains(entry)) {
      return false;
    }
    if (!hasRoom(entry, bytes)) {
      markShort();
      makeRoom(entry, bytes);
    }
    if (!hasRoom(entry, bytes)) {
      close(entry);
      return false;
    }
    entry.gain(bytes, nanos.getAsLong());
    now += bytes;
    perAddress.merge(entry.source, (long) bytes, Long::sum);
    return true;
  }

  /// Counts a body no more: it is whole, or given up.
  synchronized void close(Entry entry) {
    if (!entries.remove(entry)) {
      return;
    }
    now -= entry.bytes;
    perAddress.computeIfPresent(
        entry.source, (_, held) -> held == entry.bytes ? null : held - entry.bytes);
  }

  synchronized long now() {
    return now;
  }

  /// Whether a body had to go within the last seconds.
  synchronized boolean isShort() {
    return wasShort && nanos.getAsLong() - shortAt < PRESSURE_NANOS;
  }

  private void markShort() {
    wasShort = true;
    shortAt = nanos.getAsLong();
  }

  private boolean hasRoom(Entry entry, int bytes) {
    return isInTotal(bytes) && isInShare(entry, bytes);
  }

  private boolean isInTotal(long bytes) {
    return now + bytes <= max;
  }

  private boolean isInShare(Entry entry, long bytes) {
    return held(entry.source) + bytes <= maxPerAddress;
  }

  private long held(AddressBlock source) {
    return perAddress.getOrDefault(source, 0L);
  }

  /// Displaces bodies that cost more than the one that grows, the dearest first.
  private void makeRoom(Entry growing, int bytes) {
    long at = nanos.getAsLong();
    boolean isOwnShareFull = !isInShare(growing, bytes);
    Comparator<Entry> dearestFirst = Comparator.comparingLong((Entry e) -> -cost(e, 0, at));
    List<Entry> candidates = new ArrayList<>(entries);
    candidates.remove(growing);
    candidates.removeIf(other -> isOwnShareFull && !other.source.equals(growing.source));
    candidates.sort(dearestFirst);
    for (Entry candidate : candidates) {
      boolean isRoomy = isInTotal(bytes + max / SLACK_DIVISOR) && isInShare(growing, bytes);
      boolean isWanted = !hasRoom(growing, bytes) || candidate.idleSeconds(at) > 0;
      if (isRoomy || !isWanted || cost(candidate, 0, at) <= cost(growing, bytes, at)) {
        return;
      }
      close(candidate);
      candidate.displaced.run();
    }
  }

  private long cost(Entry entry, int more, long at) {
    return (held(entry.source) + more) * (1 + entry.idleSeconds(at));
  }
}
