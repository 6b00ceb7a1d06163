package dev.chasqui.observe;

/// Something is true that must never be: the process cannot go on and must not try. Thrown in a
/// supervised loop it ends the process.
public final class BrokenInvariantError extends Error {

  private static final long serialVersionUID = 1L;

  public BrokenInvariantError(String message) {
    super(message);
  }

  public BrokenInvariantError(String message, Throwable cause) {
    super(message, cause);
  }
}
