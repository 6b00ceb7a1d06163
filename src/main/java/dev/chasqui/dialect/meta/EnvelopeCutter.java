package dev.chasqui.dialect.meta;

import dev.chasqui.dialect.meta.Envelope.Change;
import dev.chasqui.dialect.meta.Envelope.Elements;
import dev.chasqui.dialect.meta.Envelope.Entry;
import dev.chasqui.dialect.meta.Envelope.ItemArray;
import dev.chasqui.json.Range;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Cuts an envelope down to wanted changes and items by leaving bytes out: what is kept has the
/// bytes it came with, in the order it came in.
///
/// * Everything wanted: the very same [Bytes].
/// * A change without wanted items is left out, and so is an entry without changes.
/// * A kept change keeps all members of its value; of its item arrays only the wanted elements
///   stay, and an array that loses all of them becomes `[]`. A change that is wanted as a whole
///   keeps all.
/// * Malformed parts, which are no notifications, are left out of a cut envelope.
public final class EnvelopeCutter {

  private final Envelope envelope;
  private final Set<ItemPath> wanted;

  /// The ranges that are left out, in order.
  private final List<Range> cuts = new ArrayList<>();

  private EnvelopeCutter(Envelope envelope, Set<ItemPath> wanted) {
    this.envelope = envelope;
    this.wanted = wanted;
  }

  /// The envelope with only the wanted parts.
  ///
  /// @param wanted paths of whole changes or of items
  /// @throws IllegalArgumentException if a path leads nowhere
  public static Bytes cut(Envelope envelope, Collection<ItemPath> wanted) {
    wanted.forEach(envelope::range);
    EnvelopeCutter cutter = new EnvelopeCutter(envelope, new HashSet<>(wanted));
    return cutter.wantsAll() ? envelope.body() : cutter.cut();
  }

  /// Whether the paths lead to every notification of the envelope, so that nothing is cut.
  public static boolean isAllOf(Envelope envelope, Collection<ItemPath> wanted) {
    return new EnvelopeCutter(envelope, new HashSet<>(wanted)).wantsAll();
  }

  private boolean wantsAll() {
    for (Entry entry : envelope.entries()) {
      for (Change change : entry.changes()) {
        if (change.isWellFormed() && !wantsAll(change)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean wantsAll(Change change) {
    if (wanted.contains(change.path())) {
      return true;
    }
    for (ItemArray array : change.items()) {
      for (int i = 0; i < array.elements().size(); i++) {
        if (envelope.isObject(array.elements().get(i)) && !wantsItem(change, array, i)) {
          return false;
        }
      }
    }
    return change.itemCount() > 0;
  }

  private boolean wantsAny(Entry entry) {
    return entry.changes().stream().anyMatch(this::wantsAny);
  }

  private boolean wantsAny(Change change) {
    if (wanted.contains(change.path())) {
      return true;
    }
    for (ItemArray array : change.items()) {
      for (int i = 0; i < array.elements().size(); i++) {
        if (wantsItem(change, array, i)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean wantsItem(Change change, ItemArray array, int index) {
    ItemPath path = change.path();
    return wanted.contains(new ItemPath(path.entry(), path.change(), array.firstItem() + index));
  }

  private Bytes cut() {
    Thinning entries = new Thinning(envelope.entryArray());
    for (Entry entry : envelope.entries()) {
      if (wantsAny(entry)) {
        entries.keep(entry.index());
        cut(entry);
      }
    }
    entries.end();
    return joined();
  }

  private void cut(Entry entry) {
    Thinning changes = new Thinning(entry.changeArray());
    for (Change change : entry.changes()) {
      if (wantsAny(change)) {
        changes.keep(change.path().change());
        cut(change);
      }
    }
    changes.end();
  }

  private void cut(Change change) {
    if (wanted.contains(change.path())) {
      return;
    }
    for (ItemArray array : change.items()) {
      Thinning items = new Thinning(new Elements(array.array(), array.elements()));
      for (int i = 0; i < array.elements().size(); i++) {
        if (wantsItem(change, array, i)) {
          items.keep(i);
        }
      }
      items.end();
    }
  }

  /// Leaves elements of one array out, together with the commas that lose their sense.
  private final class Thinning {

    private final Elements array;

    /// How many of the elements are dealt with.
    private int done;

    private boolean keptAny;

    Thinning(Elements array) {
      this.array = array;
    }

    /// Keeps an element, and leaves out all before it that were not kept.
    void keep(int index) {
      List<Range> elements = array.elements();
      if (index > done) {
        int from = keptAny ? elements.get(done - 1).to() : elements.get(done).from();
        int to = keptAny ? elements.get(index - 1).to() : elements.get(index).from();
        cuts.add(new Range(from, to));
      }
      done = index + 1;
      keptAny = true;
    }

    void end() {
      List<Range> elements = array.elements();
      if (!keptAny && !elements.isEmpty()) {
        cuts.add(new Range(array.array().from() + 1, array.array().to() - 1));
      } else if (done < elements.size()) {
        cuts.add(new Range(elements.get(done - 1).to(), elements.getLast().to()));
      }
    }
  }

  private Bytes joined() {
    byte[] whole = envelope.body().array();
    int base = envelope.body().offset();
    int length = envelope.body().length();
    int kept = length - cuts.stream().mapToInt(Range::length).sum();
    byte[] joined = new byte[kept];
    int from = 0;
    int to = 0;
    for (Range cut : cuts) {
      System.arraycopy(whole, base + from, joined, to, cut.from() - from);
      to += cut.from() - from;
      from = cut.to();
    }
    System.arraycopy(whole, base + from, joined, to, length - from);
    return Bytes.of(joined);
  }
}
