package dev.chasqui.dialect.meta;

import dev.chasqui.json.Range;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Skipped;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Via;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// A webhook of the WhatsApp Business Platform (reference: Meta's webhook overview, "envelope"):
/// the raw bytes, and where in them everything stands that can be told apart, routed or cut out.
///
/// All ranges count from the start of `body`. Indexes count all elements of an array, malformed
/// ones included, so that they are the indexes of the JSON document. Of members that occur twice in
/// one object the last one counts, as with most parsers.
///
/// @param entryArray the elements of `entry`
/// @param entries the elements of `entry` that are objects
/// @param skipped what was passed over, in order of appearance
public record Envelope(Bytes body, Elements entryArray, List<Entry> entries, List<Skipped> skipped)
    implements Scan {

  public static final String OBJECT = "whatsapp_business_account";

  public Envelope {
    entries = List.copyOf(entries);
    skipped = List.copyOf(skipped);
  }

  public record Elements(Range array, List<Range> elements) {
    static final Elements NONE = new Elements(Range.NONE, List.of());

    public Elements {
      elements = List.copyOf(elements);
    }
  }

  /// One element of `entry[]`.
  ///
  /// @param id the WABA's id, or a portfolio's (see [Change#wabaId()]); null if it has none
  /// @param time Unix seconds as they are written, null on fields like `messages`
  /// @param changes the elements of `changes` that are objects
  public record Entry(
      int index,
      Range range,
      @Nullable String id,
      @Nullable String time,
      Elements changeArray,
      List<Change> changes) {
    public Entry {
      changes = List.copyOf(changes);
    }
  }

  /// One element of `changes[]`.
  ///
  /// @param field its name; a number is given as it is written; null if it has none
  /// @param isWellFormed whether `field` is text and `value` an object; all else is skipped
  /// @param value where the value stands, [Range#NONE] if there is none
  /// @param account what the value says it is about
  /// @param items what of the value is a notification by itself
  public record Change(
      ItemPath path,
      Range range,
      @Nullable String field,
      boolean isWellFormed,
      Range value,
      Account account,
      List<ItemArray> items) {
    public Change {
      items = List.copyOf(items);
    }

    /// How many elements there are in all item arrays.
    public int itemCount() {
      int count = 0;
      for (ItemArray array : items) {
        count += array.elements().size();
      }
      return count;
    }

    /// Where an item stands.
    ///
    /// @param item its [ItemPath#item()]
    /// @throws IllegalArgumentException if there is no such item
    public Range item(int item) {
      for (ItemArray array : items) {
        int index = item - array.firstItem();
        if (index >= 0 && index < array.elements().size()) {
          return array.elements().get(index);
        }
      }
      throw new IllegalArgumentException("no item " + item + " in change " + path);
    }
  }

  /// The account and number that a change's value names.
  ///
  /// @param wabaId the WABA; null where the entry's id is a portfolio's and the value names none
  /// @param timestamp the value's own `timestamp`
  /// @param contacts where `contacts[]` stands, [Range#NONE] if there is none
  /// @param via `metadata.channel` of what did not come by WhatsApp
  public record Account(
      @Nullable String wabaId,
      @Nullable String phoneNumberId,
      @Nullable String displayPhoneNumber,
      @Nullable String timestamp,
      Range contacts,
      Via via) {
    static final Account NONE = new Account(null, null, null, null, Range.NONE, Via.WHATSAPP);
  }

  /// An array of a change's value whose elements are notifications.
  ///
  /// @param kind what its elements are
  /// @param firstItem the [ItemPath#item()] of its first element: the items of a change are
  ///   numbered through all its item arrays, in order of appearance
  public record ItemArray(ItemKind kind, int firstItem, Range array, List<Range> elements) {
    public ItemArray {
      elements = List.copyOf(elements);
    }
  }

  /// The entry at an index of the JSON document.
  ///
  /// @throws IllegalArgumentException if there is no such entry
  public Entry entry(int index) {
    int at = search(entries.size(), index, i -> entries.get(i).index());
    if (at >= 0) {
      return entries.get(at);
    }
    throw new IllegalArgumentException("no entry " + index + " in this envelope");
  }

  /// The change that a path leads to or into.
  ///
  /// @throws IllegalArgumentException if there is no such change
  public Change change(ItemPath path) {
    List<Change> changes = entry(path.entry()).changes();
    int at = search(changes.size(), path.change(), i -> changes.get(i).path().change());
    if (at >= 0) {
      return changes.get(at);
    }
    throw new IllegalArgumentException("no change " + path + " in this envelope");
  }

  /// Finds an index of the document in a list that leaves malformed elements out.
  private static int search(int size, int wanted, IntUnaryOperator indexAt) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int index = indexAt.applyAsInt(middle);
      if (index == wanted) {
        return middle;
      }
      low = index < wanted ? middle + 1 : low;
      high = index < wanted ? high : middle - 1;
    }
    return -1;
  }

  /// Where the change or item that a path leads to stands.
  ///
  /// @throws IllegalArgumentException if the path leads nowhere
  public Range range(ItemPath path) {
    Change change = change(path);
    return path.item() < 0 ? change.range() : change.item(path.item());
  }

  /// Where the item, or the value of the change, that a path leads to stands.
  ///
  /// @throws IllegalArgumentException if the path leads nowhere
  public Range valueRange(ItemPath path) {
    Change change = change(path);
    return path.item() < 0 ? change.value() : change.item(path.item());
  }

  /// Whether the value at a range is an object.
  boolean isObject(Range value) {
    return value.length() > 0 && body.at(value.from()) == '{';
  }

  @Override
  public Summary summary() {
    return EnvelopeSummary.of(this);
  }
}
