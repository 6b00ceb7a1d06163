package dev.chasqui.store.sql;

import dev.chasqui.model.Ulid;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How well WhatsApp reaches a contact, and what follows from it. It is a sum: whatever the order
/// in which its parts are added and however often, it is the same, because what happened is kept
/// with its time and the verdicts are worked out from all of it.
///
/// All marks are laid out like ULIDs and compare as those do. A mark of a sign of life is the last
/// one of its millisecond, so that what failed in the same one counts as before it: platforms tell
/// seconds.
///
/// That holds as long as no more than [#MOST_FAILURES] messages failed and [#MOST_SIGNS] signs of
/// life were seen since the newest decision. What is older is settled: it can be overruled by a
/// newer decision, and no longer by something that comes late.
///
/// @param reset the newest sign of life; what failed up to it is not counted
/// @param signs the newest signs of life since the decision, where there is a fallback channel
/// @param failures since the decision, or since `reset` where there are no `signs`
/// @param decided the newest word of the contact or of an operator
/// @param settled the newest failure that reached its threshold among what is not kept any more
record Reach(
    @Nullable Ulid reset,
    SortedSet<Ulid> signs,
    SortedSet<Failure> failures,
    @Nullable Decision decided,
    @Nullable Ulid settled) {

  /// No threshold is higher.
  static final int MOST_FAILURES = 100;

  static final int MOST_SIGNS = 16;

  /// Nearly every contact has none of either.
  static final SortedSet<Ulid> NO_SIGNS = Collections.emptySortedSet();

  static final SortedSet<Failure> NO_FAILURES = Collections.emptySortedSet();

  static final Reach UNKNOWN = new Reach(null, NO_SIGNS, NO_FAILURES, null, null);

  /// A word that holds until a newer one, or until too much fails afterwards.
  ///
  /// @param active whether the contact is reached over the fallback channel
  record Decision(Ulid mark, boolean active) {

    /// Of two at the same time the one for WhatsApp holds.
    static @Nullable Decision newer(@Nullable Decision a, @Nullable Decision b) {
      if (a == null || b == null) {
        return a == null ? b : a;
      }
      int order = a.mark.compareTo(b.mark);
      if (order == 0) {
        return a.active ? b : a;
      }
      return order > 0 ? a : b;
    }
  }

  /// The state after one failed message.
  static Reach failed(Failure failure) {
    SortedSet<Failure> failures = new TreeSet<>(Failure.ORDER);
    failures.add(failure);
    return new Reach(null, NO_SIGNS, failures, null, null);
  }

  /// A message got through.
  ///
  /// @param isKept whether it may matter which failures were before it
  static Reach gotThrough(Instant at, boolean isKept) {
    Ulid mark = last(at);
    SortedSet<Ulid> signs = isKept ? new TreeSet<>(Set.of(mark)) : NO_SIGNS;
    return new Reach(mark, signs, NO_FAILURES, null, null);
  }

  /// The contact wrote, or an operator wants it to be reached by WhatsApp.
  static Reach backToWhatsApp(Instant at) {
    Ulid mark = last(at);
    return new Reach(mark, NO_SIGNS, NO_FAILURES, new Decision(mark, false), null);
  }

  /// An operator wants it to be reached over the fallback channel.
  static Reach overToFallback(Instant at) {
    return new Reach(null, NO_SIGNS, NO_FAILURES, new Decision(last(at), true), null);
  }

  /// The mark of a sign of life.
  static Ulid last(Instant at) {
    return Ulid.of(at, -1, -1);
  }

  /// How many messages failed since the newest sign of life.
  int count() {
    return (int) failures.stream().filter(f -> isAfter(f.mark(), reset)).count();
  }

  /// Whether the contact is to be reached over the fallback channel.
  boolean isFallback() {
    return (decided != null && decided.active()) || tripped() != null;
  }

  /// The mark of the failure that reached its threshold, null if none did since the decision.
  @Nullable Ulid tripped() {
    Failure first = first(null);
    return first == null ? settled : first.mark();
  }

  /// The failure with the mark that [#tripped] tells, null if it is not kept any more.
  @Nullable Failure tripping() {
    return first(null);
  }

  /// The first failure that reached its threshold.
  ///
  /// @param upTo where to stop looking, null to look at all
  private @Nullable Failure first(@Nullable Ulid upTo) {
    int inARow = 0;
    Ulid former = null;
    for (Failure failure : failures) {
      if (upTo != null && isAfter(failure.mark(), upTo)) {
        return null;
      }
      boolean isCounted = decided == null || isAfter(failure.mark(), decided.mark());
      inARow = isSeparated(former, failure.mark()) ? 0 : inARow;
      former = failure.mark();
      inARow += isCounted ? 1 : 0;
      if (isCounted && failure.threshold() > 0 && inARow >= failure.threshold()) {
        return failure;
      }
    }
    return null;
  }

  private boolean isSeparated(@Nullable Ulid former, Ulid mark) {
    if (former == null) {
      return false;
    }
    boolean byReset = reset != null && !isAfter(former, reset) && isAfter(mark, reset);
    return byReset || !signs.subSet(former, mark).isEmpty();
  }

  Reach plus(Reach other) {
    Reach sum =
        new Reach(
            later(reset, other.reset),
            union(signs, other.signs),
            unionOfFailures(failures, other.failures),
            Decision.newer(decided, other.decided),
            later(settled, other.settled));
    return sum.withoutTheDecided().bounded();
  }

  /// A set that may be changed, unless it is empty; the same of [#unionOfFailures].
  private static SortedSet<Ulid> union(SortedSet<Ulid> some, SortedSet<Ulid> others) {
    if (some.isEmpty() && others.isEmpty()) {
      return NO_SIGNS;
    }
    SortedSet<Ulid> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  private static SortedSet<Failure> unionOfFailures(
      SortedSet<Failure> some, SortedSet<Failure> others) {
    boolean isEmpty = some.isEmpty() && others.isEmpty();
    return isEmpty ? NO_FAILURES : new TreeSet<>(Failure.union(some, others));
  }

  /// Lets go of what a decision has made void.
  private Reach withoutTheDecided() {
    Ulid floor = floor();
    if (floor != null) {
      remove(signs, s -> !isAfter(s, floor));
      remove(failures, f -> !isAfter(f.mark(), floor));
    }
    if (signs.isEmpty() && reset != null) {
      remove(failures, f -> !isAfter(f.mark(), reset));
    }
    boolean isVoid = settled != null && decided != null && !isAfter(settled, decided.mark());
    return new Reach(reset, signs, failures, decided, isVoid ? null : settled);
  }

  /// An empty set is never changed, since it may be shared.
  private static <T> void remove(SortedSet<T> all, Predicate<T> which) {
    if (!all.isEmpty()) {
      all.removeIf(which);
    }
  }

  /// Up to here nothing matters any more. A decision for the fallback channel counts nothing anew.
  private @Nullable Ulid floor() {
    if (decided == null || !decided.active()) {
      return decided == null ? null : decided.mark();
    }
    if (reset == null) {
      return null;
    }
    return isAfter(reset, decided.mark()) ? decided.mark() : reset;
  }

  private Reach bounded() {
    Ulid settling = settled;
    while (signs.size() > MOST_SIGNS) {
      settling = settle(signs.removeFirst(), settling);
    }
    while (failures.size() > MOST_FAILURES) {
      settling = settle(failures.getFirst().mark(), later(settling, firstMark(null)));
    }
    return settling == null || settling.equals(settled)
        ? this
        : new Reach(reset, signs, failures, decided, settling);
  }

  private @Nullable Ulid settle(Ulid upTo, @Nullable Ulid known) {
    Ulid newest = later(known, firstMark(upTo));
    for (Iterator<Failure> each = failures.iterator(); each.hasNext(); ) {
      if (isAfter(each.next().mark(), upTo)) {
        break;
      }
      each.remove();
    }
    return newest;
  }

  private @Nullable Ulid firstMark(@Nullable Ulid upTo) {
    Failure found = first(upTo);
    return found == null ? null : found.mark();
  }

  private static boolean isAfter(Ulid mark, @Nullable Ulid bound) {
    return bound == null || mark.compareTo(bound) > 0;
  }

  private static @Nullable Ulid later(@Nullable Ulid a, @Nullable Ulid b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) >= 0 ? a : b;
  }
}
