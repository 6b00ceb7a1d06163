package dev.chasqui.dialect;

import dev.chasqui.model.Bytes;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An event's raw bytes together with what was read from them. The deliveries of one event share
/// it, so that an envelope of a thousand items is read once and not a thousand times; it goes when
/// the last of them goes. Safe for use by many threads: at worst two of them read the same.
public final class EventBody {

  private final Bytes bytes;
  private volatile @Nullable Object reading;

  public EventBody(Bytes bytes) {
    this.bytes = bytes;
  }

  public Bytes bytes() {
    return bytes;
  }

  /// Reads the bytes, or returns the last reading if it has the type asked for. Several threads may
  /// share a reading, so the reader must be pure and its result immutable.
  public <T> T read(Class<T> type, Function<Bytes, T> reader) {
    Object kept = reading;
    if (type.isInstance(kept)) {
      return type.cast(kept);
    }
    T made = reader.apply(bytes);
    reading = made;
    return made;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventBody that && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return bytes.toString();
  }
}
