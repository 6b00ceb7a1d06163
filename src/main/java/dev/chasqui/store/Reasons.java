package dev.chasqui.store;

import dev.chasqui.observe.FaultWords;
import java.util.Locale;

/// Puts a fault into one line for rows, logs and the status of a loop. The message of an exception
/// can quote what it stumbled over, a phone number say, so the line tells only its kind and where
/// in our code it arose; temporary faults of the store have fixed words.
public final class Reasons {

  private Reasons() {}

  public static String of(RuntimeException fault) {
    if (!(fault instanceof StoreException store)) {
      return FaultWords.words(fault);
    }
    return store.isTemporary()
        ? String.valueOf(store.getMessage())
        : "store " + store.kind().name().toLowerCase(Locale.ROOT);
  }
}
