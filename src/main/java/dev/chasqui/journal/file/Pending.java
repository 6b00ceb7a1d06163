package dev.chasqui.journal.file;

import dev.chasqui.journal.Journal;
import dev.chasqui.model.Bytes;
import org.jspecify.annotations.Nullable;

/// An append on its way: a record with headroom for its frame, and who is to be told. A link of the
/// intake's stack; after it was pushed it belongs to the writer.
final class Pending {

  private final Bytes frame;
  private final boolean patient;
  private final Journal.AppendCallback callback;
  @Nullable Pending next;

  /// Where it was written.
  long position;

  Pending(Bytes frame, boolean patient, Journal.AppendCallback callback) {
    this.frame = frame;
    this.patient = patient;
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
  boolean isPatient() {
    return patient;
  }

  /// The frame from index 0 on, its head not yet filled in.
  byte[] array() {
    return frame.array();
  }

  Journal.AppendCallback callback() {
    return callback;
  }
}
