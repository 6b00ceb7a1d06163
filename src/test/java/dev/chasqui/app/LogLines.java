package dev.chasqui.app;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Keeps every line that is logged until it is closed, the finest of ours included.
final class LogLines extends Handler implements AutoCloseable {

  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger("dev.chasqui");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  LogLines() {
    root.addHandler(this);
    ours.setLevel(Level.ALL);
  }

  String all() {
    return String.join("\n", lines);
  }

  @Override
  public void publish(LogRecord record) {
    lines.add(new SimpleFormatter().format(record));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    ours.setLevel(null);
  }
}
