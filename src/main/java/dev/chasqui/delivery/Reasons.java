package dev.chasqui.delivery;

import dev.chasqui.observe.Faults;
import dev.chasqui.store.StoreException;

/// Says in one line why a loop waits, without quoting data.
final class Reasons {

  private Reasons() {}

  static String of(RuntimeException fault) {
    // Temporary faults have fixed words of the store itself.
    return fault instanceof StoreException store && store.isTemporary()
        ? String.valueOf(store.getMessage())
        : Faults.words(fault);
  }
}
