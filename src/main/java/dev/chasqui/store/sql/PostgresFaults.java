package dev.chasqui.store.sql;

import dev.chasqui.store.StoreException;
import java.sql.SQLException;

/// Says why a PostgreSQL does not take a connection, in its own words.
final class PostgresFaults {

  private PostgresFaults() {}

  static StoreException cannotConnect(SQLException fault) {
    return new StoreException(
        StoreException.Kind.GONE,
        "cannot connect to the PostgreSQL of store.url: " + words(fault),
        fault);
  }

  /// The server's or driver's own words on one line. Neither quotes a password; what stands behind
  /// `jdbc:` or has the form of a URL is left out all the same.
  static String words(Throwable fault) {
    Throwable deepest = fault;
    while (deepest.getCause() instanceof SQLException cause) {
      deepest = cause;
    }
    String message = deepest.getMessage();
    return message == null
        ? deepest.getClass().getSimpleName()
        : message.strip().replaceAll("\\s+", " ").replaceAll("\\S*//\\S*", "…");
  }
}
