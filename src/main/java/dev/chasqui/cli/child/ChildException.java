package dev.chasqui.cli.child;

/// A gateway in a process of its own that does not start or does not answer as it should.
public final class ChildException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ChildException(String message) {
    super(message);
  }

  ChildException(String message, Throwable cause) {
    super(message, cause);
  }
}
