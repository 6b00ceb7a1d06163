package dev.chasqui.app;

import org.jspecify.annotations.Nullable;

/// The gateway cannot start. The message is a sentence for the operator: what is wrong, where, and
/// what to do.
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
