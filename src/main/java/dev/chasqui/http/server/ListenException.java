package dev.chasqui.http.server;

import java.net.BindException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An address cannot be bound. The message says which and why.
public final class ListenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean isInUse;

  /// @param cause null if this process itself listens there
  ListenException(ServerSettings settings, @Nullable Throwable cause) {
    super(
        "cannot listen on " + address(settings) + ": " + reason(cause),
        cause == null ? null : deepest(cause));
    this.isInUse = isInUse(cause);
  }

  /// Whether another listener has the address.
  public boolean isInUse() {
    return isInUse;
  }

  private static String address(ServerSettings settings) {
    String host = settings.host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + settings.port();
  }

  private static boolean isInUse(@Nullable Throwable cause) {
    return cause == null || words(cause).toLowerCase(Locale.ROOT).contains("in use");
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause == null || isInUse(cause)) {
      return "the address is in use";
    }
    String words = words(cause);
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("assign requested address")) {
      return "this machine has no such address";
    }
    if (lower.contains("permission denied")) {
      return "the system does not permit it to this user (ports below 1024)";
    }
    return words;
  }

  private static String words(Throwable cause) {
    Throwable deepest = deepest(cause);
    String message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
  }

  private static Throwable deepest(Throwable cause) {
    Throwable deepest = cause;
    while (!(deepest instanceof BindException) && deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
