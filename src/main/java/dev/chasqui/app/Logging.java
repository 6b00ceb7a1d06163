package dev.chasqui.app;

import dev.chasqui.observe.LogLine;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Sets logging up: one line per record on stderr, libraries from WARNING on.
public final class Logging {

  /// Held, since the logging library itself would forget the levels of loggers nobody holds.
  private static final Logger OURS = Logger.getLogger("dev.chasqui");

  private static final Logger CONNECTIONS = Logger.getLogger("io.vertx.core.net.impl");
  private static final Logger HTTP = Logger.getLogger("io.vertx.core.http.impl");

  private static final Logger POSTGRES = Logger.getLogger("org.postgresql");

  private Logging() {}

  /// Replaces what the JDK set up.
  public static void setUp() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    ConsoleHandler console = new ConsoleHandler();
    console.setFormatter(new LogLine());
    console.setLevel(Level.ALL);
    root.addHandler(console);
    root.setLevel(Level.WARNING);
    OURS.setLevel(Level.INFO);
    // A receiver that hangs up is an outcome of a delivery, not an error of ours.
    CONNECTIONS.setLevel(Level.OFF);
    HTTP.setLevel(Level.OFF);
    // It quotes connection URLs; what fails is told by the store, without them.
    POSTGRES.setLevel(Level.OFF);
  }
}
