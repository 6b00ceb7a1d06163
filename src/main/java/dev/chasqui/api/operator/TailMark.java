package dev.chasqui.api.operator;

import dev.chasqui.model.EventId;
import dev.chasqui.store.EventRow;
import org.jspecify.annotations.Nullable;

/// The place in a tail that `Last-Event-ID` names: the last event that was told, and where it
/// stands in the journal.
record TailMark(long position, EventId event) {

  static TailMark of(EventRow row) {
    return new TailMark(row.position(), row.id());
  }

  /// @return null if the text is no mark
  static @Nullable TailMark parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      return null;
    }
    try {
      long position = Long.parseLong(text.substring(0, dash));
      return new TailMark(position, EventId.parse(text.substring(dash + 1)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return position + "-" + event;
  }
}
