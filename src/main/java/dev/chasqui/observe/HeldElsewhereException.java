package dev.chasqui.observe;

/// Another process holds what this one would need for itself alone: the data directory, the store
/// or the database schema. Nothing was touched. The message is one sentence for the operator.
public final class HeldElsewhereException extends RuntimeException {

  /// The exit code of a process that is refused for this reason (`EX_CONFIG`).
  public static final int EXIT_CODE = 78;

  private static final long serialVersionUID = 1L;

  public HeldElsewhereException(String message) {
    super(message);
  }
}
