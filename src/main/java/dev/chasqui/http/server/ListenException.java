package dev.chasqui.http.server;

import org.jspecify.annotations.Nullable;

/// An address cannot be bound.
public final class ListenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ListenException(ServerSettings settings, @Nullable Throwable cause) {
    super("cannot listen on " + settings.host() + ":" + settings.port(), cause);
  }
}
