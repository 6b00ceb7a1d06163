package dev.chasqui.journal;

/// A fault of the journal's disk, or a record that is not there.
public final class JournalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  public JournalException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public JournalException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /// The cause, which decides how a reader answers it.
  public enum Kind {
    /// Retention has deleted the record.
    GONE,
    /// The record's bytes are not what was written.
    DAMAGED,
    /// The disk cannot be read or written.
    IO,
    /// The directory belongs to another process, or holds a format this version does not know.
    UNUSABLE
  }
}
