package dev.chasqui.store;

/// A fault of the database.
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /// True if the same call may succeed later with the same input.
  public boolean isTemporary() {
    return kind != Kind.REFUSED;
  }

  /// What kind of fault it is; the store itself says what "busy" means.
  public enum Kind {
    /// Locked, overloaded, or too slow.
    BUSY,
    /// The database cannot be reached or its disk is full.
    GONE,
    /// The database refuses the data: our bug, or a row that breaks a constraint.
    REFUSED
  }
}
