package dev.chasqui.ingress;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Ulid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The event ids of the bodies that were stored lately, first in first out, in arrays that never
/// grow: as objects they would each live just long enough to burden the garbage collector.
///
/// A ring holds the entries; a table of places in it, open addressing with linear probing, finds
/// them by key. Safe for use by many threads.
final class SettledPosts {

  private static final int EMPTY = -1;

  /// So many places in the table for each entry keep the probes short.
  private static final int PLACES = 2;

  private final long[] keyHigh;
  private final long[] keyLow;
  private final long[] idHigh;
  private final long[] idLow;
  private final int[] table;
  private int next;
  private int size;

  SettledPosts(int capacity) {
    keyHigh = new long[capacity];
    keyLow = new long[capacity];
    idHigh = new long[capacity];
    idLow = new long[capacity];
    table = new int[Integer.highestOneBit(capacity) * 2 * PLACES];
    Arrays.fill(table, EMPTY);
  }

  /// The event of a body, null if it is not known or forgotten.
  synchronized @Nullable EventId find(BodyKey key) {
    int entry = table[place(key.high(), key.low())];
    return entry == EMPTY ? null : new EventId(new Ulid(idHigh[entry], idLow[entry]));
  }

  /// Remembers the event of a body and, if there is no more room, forgets the oldest. A body that
  /// is known already keeps its event.
  synchronized void add(BodyKey key, EventId event) {
    if (table[place(key.high(), key.low())] != EMPTY) {
      return;
    }
    if (size == keyHigh.length) {
      forget(next);
    }
    keyHigh[next] = key.high();
    keyLow[next] = key.low();
    idHigh[next] = event.ulid().high();
    idLow[next] = event.ulid().low();
    table[place(key.high(), key.low())] = next;
    next = (next + 1) % keyHigh.length;
    size++;
  }

  /// The place of a key, or the empty one where it would stand.
  private int place(long high, long low) {
    int place = home(high);
    while (table[place] != EMPTY && !isKeyOf(table[place], high, low)) {
      place = (place + 1) & (table.length - 1);
    }
    return place;
  }

  private boolean isKeyOf(int entry, long high, long low) {
    return keyHigh[entry] == high && keyLow[entry] == low;
  }

  /// Keys are hashes already.
  private int home(long high) {
    return (int) high & (table.length - 1);
  }

  /// Closes the gap that the entry leaves, so that no probe ends there too early.
  private void forget(int entry) {
    int gap = place(keyHigh[entry], keyLow[entry]);
    int place = gap;
    while (true) {
      place = (place + 1) & (table.length - 1);
      if (table[place] == EMPTY) {
        break;
      }
      int fromHome = (place - home(keyHigh[table[place]])) & (table.length - 1);
      int fromGap = (place - gap) & (table.length - 1);
      if (fromHome >= fromGap) {
        table[gap] = table[place];
        gap = place;
      }
    }
    table[gap] = EMPTY;
    size--;
  }
}
