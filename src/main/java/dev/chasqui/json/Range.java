package dev.chasqui.json;

import dev.chasqui.model.Bytes;

/// Where a value stands in the scanned bytes: byte offsets, the end exclusive.
public record Range(int from, int to) {

  /// No bytes, at the start.
  public static final Range NONE = new Range(0, 0);

  public Range {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("not a range: " + from + " to " + to);
    }
  }

  public int length() {
    return to - from;
  }

  /// Whether the other range lies inside this one.
  public boolean contains(Range other) {
    return from <= other.from && other.to <= to;
  }

  /// The bytes themselves, as a view.
  public Bytes of(Bytes whole) {
    return whole.slice(from, to - from);
  }
}
