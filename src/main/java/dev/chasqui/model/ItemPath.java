package dev.chasqui.model;

/// Where a notification stands in its envelope: `entry[e].changes[c]` and, inside the change's
/// array, item `i`; -1 stands for "the whole" (an item of -1 is the change itself).
public record ItemPath(int entry, int change, int item) implements Comparable<ItemPath> {

  /// The path of a whole change.
  public static ItemPath ofChange(int entry, int change) {
    return new ItemPath(entry, change, -1);
  }

  /// Reads what [#toString()] writes.
  ///
  /// @throws IllegalArgumentException if the text is no path
  public static ItemPath parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not the path of an item: " + text);
    }
    return new ItemPath(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  /// The change this item stands in.
  public ItemPath toChange() {
    return item < 0 ? this : ofChange(entry, change);
  }

  @Override
  public int compareTo(ItemPath other) {
    int byEntry = Integer.compare(entry, other.entry);
    int byChange = byEntry != 0 ? byEntry : Integer.compare(change, other.change);
    return byChange != 0 ? byChange : Integer.compare(item, other.item);
  }

  @Override
  public String toString() {
    return entry + "." + change + "." + item;
  }
}
