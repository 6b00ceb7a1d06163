package dev.chasqui.messaging;

import dev.chasqui.model.Sending;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The submissions that the store's ledger holds. `app` implements it with the store.
public interface SubmissionMemory {

  /// The submission that an `Idempotency-Key` belongs to. Of several with the same key, an accepted
  /// one counts before an unknown one, and that before a refused one.
  ///
  /// @param key as in [Sending.Idempotency#key()]
  /// @param since keys of earlier requests are forgotten
  Optional<Sending> byKey(String key, Instant since);

  /// The journal position before which everything can be found by [#byKey].
  long knownUpTo();

  /// Waits until everything before a journal position can be found.
  ///
  /// @return false if the limit passed first
  boolean awaitKnown(long position, Duration limit) throws InterruptedException;
}
