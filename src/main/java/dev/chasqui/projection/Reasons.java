package dev.chasqui.projection;

import dev.chasqui.store.StoreException;
import java.util.Locale;

/// Puts a fault into one line for rows, logs and health. The message of an exception can quote what
/// it stumbled over, a phone number say, so the line tells only its kind and where in our code it
/// arose.
final class Reasons {

  private static final String OURS = "dev.chasqui.";

  private Reasons() {}

  static String of(RuntimeException fault) {
    if (fault instanceof StoreException store) {
      // Fixed words of the store itself, where it is not the data that it refuses.
      return store.isTemporary()
          ? String.valueOf(store.getMessage())
          : "store " + store.kind().name().toLowerCase(Locale.ROOT);
    }
    String kind = fault.getClass().getSimpleName();
    for (StackTraceElement frame : fault.getStackTrace()) {
      if (frame.getClassName().startsWith(OURS)) {
        return kind + " at " + frame.getFileName() + ":" + frame.getLineNumber();
      }
    }
    return kind;
  }
}
