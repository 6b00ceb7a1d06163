package dev.chasqui.observe;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// One line per log record: time, level, the class that speaks, what it says. A stack trace follows
/// only where the record carries an exception.
public final class LogLine extends Formatter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String format(LogRecord record) {
    String name = record.getLoggerName() == null ? "" : record.getLoggerName();
    String speaker = name.substring(name.lastIndexOf('.') + 1);
    String line =
        TIME.format(record.getInstant())
            + ' '
            + word(record.getLevel())
            + ' '
            + speaker
            + ": "
            + formatMessage(record)
            + '\n';
    return record.getThrown() == null ? line : line + trace(record.getThrown());
  }

  private static String word(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARN ";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    try (PrintWriter writer = new PrintWriter(text)) {
      StackTraceElement[] frames = thrown.getStackTrace();
      writer.println("  " + thrown);
      for (int i = 0; i < Math.min(frames.length, 20); i++) {
        writer.println("    at " + frames[i]);
      }
      if (thrown.getCause() != null) {
        writer.println("  caused by " + thrown.getCause());
      }
    }
    return text.toString();
  }
}
