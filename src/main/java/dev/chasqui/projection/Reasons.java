package dev.chasqui.projection;

import dev.chasqui.store.StoreException;
import java.util.Locale;

/// Puts a fault into one line for rows, logs and health. The message of an exception can quote what
/// it stumbled over, a phone number say, so the line tells only its kind and where it was thrown.
final class Reasons {

  private Reasons() {}

  static String of(RuntimeException fault) {
    if (fault instanceof StoreException store) {
      return "store " + store.kind().name().toLowerCase(Locale.ROOT);
    }
    StackTraceElement[] trace = fault.getStackTrace();
    String kind = fault.getClass().getSimpleName();
    if (trace.length == 0) {
      return kind;
    }
    return kind + " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber();
  }
}
