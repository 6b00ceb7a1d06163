package dev.chasqui.journal.file;

import dev.chasqui.journal.Journal;
import dev.chasqui.model.Bytes;
import org.jspecify.annotations.Nullable;

/// An append that is not durable yet: a record with headroom for its frame, and the callback to
/// tell of the result. It is also a link of the intake's stack; once pushed, it belongs to the
/// writer.
final class Pending {

  private final Bytes frame;
  private final boolean bulk;
  private final Journal.AppendCallback callback;
  @Nullable Pending next;

  /// Where it was written.
  long position;

  Pending(Bytes frame, boolean bulk, Journal.AppendCallback callback) {
    this.frame = frame;
    this.bulk = bulk;
    this.callback = callback;
  }

  int length() {
    return frame.length();
  }

  /// Its size in the segment.
  int paddedLength() {
    return Frame.align(frame.length());
  }

  /// Whether it may wait for others.
  boolean isBulk() {
    return bulk;
  }

  /// The frame from index 0 on, its head not yet filled in.
  byte[] array() {
    return frame.array();
  }

  Journal.AppendCallback callback() {
    return callback;
  }
}
